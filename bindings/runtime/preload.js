// Provides the packages that are bundled with this runtime, instead of unpacking the tarballs from Java.
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const packages = require("packages");
const { seal } = require("./seal.js");

const served = new Map();

/** The package, if it was bundled from this tarball, and its dependencies from theirs. */
exports.serve = ({ name, tarball }) => {
  if (!served.has(name)) {
    const bundled = packages[name];
    const same = bundled?.needs.every((need) => served.get(need)) && seal(tarball) === bundled.seal;
    served.set(name, same && {
      assembly: { ...bundled.assembly, types: lateTypes(bundled.places) },
      types: bundled.types,
      exports: bundled.exports(),
    });
  }
  return served.get(name);
};

let specs;

/** The types of a package; each group is parsed when its first type is needed. */
function lateTypes(places) {
  return new Proxy({}, {
    get(types, fqn) {
      const part = fqn.split(".")[1];
      if (!(fqn in types) && part in places) {
        specs ??= fs.readFileSync(path.join(__dirname, "specs"));
        Object.assign(types, JSON.parse(specs.toString("utf8", ...places[part])));
      }
      return types[fqn];
    },
  });
}

// Packages from elsewhere get the same instances of bundled packages.
const load = Module._load;
Module._load = function (request, ...rest) {
  return served.get(request)?.exports ?? load.call(this, request, ...rest);
};
