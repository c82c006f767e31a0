// Builds the fast jsii runtime: the official program and the packages in one file with a V8 code cache, their type specs beside it.
// The official runtime starts two Node processes, and unpacks, parses and compiles the same files in each run; the output is the same.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seal } from "./runtime/seal.js";
import { bundleFiles, edit } from "./slim.mjs";

/**
 * @param program the text of the official runtime's program.js
 * @param framework the name of the package with App
 * @param packages [{name, version, folder, tarball, needs}], dependencies first
 */
export async function buildRuntime(program, framework, packages, target) {
  const sources = join(import.meta.dirname, "runtime");
  mkdirSync(target, { recursive: true });
  const specs = [];
  const generated = {
    program: patch(program),
    packages: packages.map((one) => `exports[${JSON.stringify(one.name)}] = {
      seal: ${JSON.stringify(seal(one.tarball))},
      needs: ${JSON.stringify(one.needs)},
      ...${JSON.stringify(splitAssembly(one.folder, specs))},
      exports: () => require(${JSON.stringify(one.folder)}),
    };`).join("\n"),
  };
  const bundle = await bundleFiles({
    stdin: { contents: 'require("./console.js"); require("program");', resolveDir: sources },
    alias: Object.fromEntries(packages.map(({ name, folder }) => [name, folder])),
    plugins: [{
      name: "runtime",
      setup(build) {
        build.onResolve({ filter: /^(program|packages)$/ }, ({ path }) => ({ path, namespace: "generated" }));
        build.onLoad({ filter: /.*/, namespace: "generated" }, ({ path }) => ({ contents: generated[path], resolveDir: sources }));
        // these two load dozens of Node's own modules, which few programs use
        build.onResolve({ filter: /^(child_process|zlib)$/ }, ({ path }) => ({ path, namespace: "late" }));
        build.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
          contents: `module.exports = new Proxy({}, { get: (_, name) => require("node:${path}")[name] });`,
        }));
      },
    }],
    lineLimit: 200, // a crash would print the whole file as one line
  });
  writeFileSync(join(target, "bundle.js"), `(function (require, module, exports, __dirname) {${bundle}\n})`);
  writeFileSync(join(target, "specs"), Buffer.concat(specs));
  cpSync(join(sources, "jsii-runtime"), join(target, "jsii-runtime"));
  chmodSync(join(target, "jsii-runtime"), 0o755);
  for (const { folder } of packages) {
    if (existsSync(join(folder, "lib", "archive.js"))) cpSync(join(folder, "lib", "archive.js"), join(target, "archive.js"));
  }
  makeCache(framework, packages, target);
}

/** Makes the official program use stdin and stdout, look for bundled packages first, and load rarely used modules lazily. */
function patch(program) {
  const seldom = [...program.matchAll(/const (?:cp|tar|onExit|ajv_1|zlib) = __webpack_require__\((\d+)\)/g),
    ...program.matchAll(/const fs = __webpack_require__\((\d+)\);\s+const module_1/g)].map(([, id]) => id);
  return edit(program, [
    ["readFD: 3", "readFD: 0"],
    ["writeFD: 3", "writeFD: 1"],
    ["errorFD: (_a = process.stderr.fd) !== null && _a !== void 0 ? _a : 2", "errorFD: 2"],
    ["const pkgver = req.version;", `const pkgver = req.version;
      const served = require("./preload.js").serve(req);
      if (served) {
        __classPrivateFieldGet(this, _Kernel_instances, "m", _Kernel_addAssembly).call(this, new Assembly(served.assembly, served.exports));
        return { assembly: pkgname, types: served.types };
      }`],
    ["function __webpack_require__(moduleId) {", `
      const seldom = new Set([${[...new Set(seldom)]}]);
      function __webpack_require__(moduleId) {
        return seldom.has(moduleId) ? new Proxy({}, { get: (_, name) => requireNow(moduleId)[name] }) : requireNow(moduleId);
      }
      function requireNow(moduleId) {`],
  ]);
}

/** Appends the types of a package to the specs, by the second part of their names; returns the rest and the place of each part. */
function splitAssembly(folder, specs) {
  const { types, ...assembly } = JSON.parse(readFileSync(join(folder, ".jsii"), "utf8"));
  const parts = {};
  for (const [fqn, type] of Object.entries(types)) (parts[fqn.split(".")[1]] ??= {})[fqn] = type;
  const places = {};
  for (const [part, content] of Object.entries(parts)) {
    const start = specs.reduce((sum, spec) => sum + spec.length, 0);
    specs.push(Buffer.from(JSON.stringify(content)));
    places[part] = [start, start + specs.at(-1).length];
  }
  return { assembly, places, types: Object.keys(types).length };
}

/** Runs a small program, so that the cache also contains the functions that every program calls. */
function makeCache(framework, packages, target) {
  const folder = mkdtempSync(join(tmpdir(), "jsii-cache-"));
  const app = { "$jsii.byref": `${framework}.App@10000` };
  const stack = { "$jsii.byref": `${framework}.TerraformStack@10001` };
  const resources = packages.flatMap(({ folder: source }) => {
    const { types } = JSON.parse(readFileSync(join(source, ".jsii"), "utf8"));
    return Object.keys(types)
      .filter((fqn) => `${fqn}Config` in types && types[fqn].properties?.some(({ name }) => name === "tfResourceType"))
      .map((fqn) => ({ api: "create", fqn, args: [stack, fqn.split(".").at(-1), sample(types, `${fqn}Config`)] }));
  });
  const requests = [
    ...packages.map(({ name, version, tarball }) => ({ api: "load", name, version, tarball })),
    { api: "create", fqn: `${framework}.App`, args: [{ outdir: join(folder, "out") }] },
    { api: "create", fqn: `${framework}.TerraformStack`, args: [app, "stack"] },
    ...resources,
    { api: "invoke", objref: app, method: "synth" },
    { exit: 0 },
  ];
  try {
    const answers = execFileSync(join(target, "jsii-runtime"), [join(target, "bundle.cache")],
      { cwd: folder, input: requests.map((request) => `${JSON.stringify(request)}\n`).join(""), encoding: "utf8" });
    if (!existsSync(join(folder, "out", "manifest.json"))) throw new Error(`the jsii runtime does not work: ${answers}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The minimal value of a struct. */
function sample(types, fqn) {
  const required = (types[fqn]?.properties ?? []).filter((property) => !property.optional);
  return { "$jsii.struct": { fqn, data: Object.fromEntries(required.map(({ name, type }) => [name, sampleOf(types, type)])) } };
}

function sampleOf(types, { fqn, collection, union, primitive }) {
  if (fqn) return sample(types, fqn);
  if (union) return sampleOf(types, union.types.at(-1));
  if (collection) return collection.kind === "array" ? [sampleOf(types, collection.elementtype)] : {};
  return { boolean: true, number: 1 }[primitive] ?? "x";
}
