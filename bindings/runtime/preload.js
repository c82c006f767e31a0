// Serves the packages that are bundled with this runtime, instead of unpacking the tarballs which Java hands over.
"use strict";
const Module = require("node:module");
const { packages } = require("packages");
const { seal } = require("./seal.js");

const served = new Map();

/** The package, if the tarball is the one which it was bundled from and the same is true of all that it needs. */
exports.serve = ({ name, tarball }) => {
  if (!served.has(name)) {
    const bundled = packages[name];
    const same = bundled?.needs.every((need) => served.get(need)) && seal(tarball) === bundled.seal;
    served.set(name, same ? { assembly: JSON.parse(bundled.assembly()), exports: bundled.exports() } : undefined);
  }
  return served.get(name);
};

// Packages that come from elsewhere get the same instance of what is served.
const load = Module._load;
Module._load = function (request, ...rest) {
  return served.get(request)?.exports ?? load.call(this, request, ...rest);
};
