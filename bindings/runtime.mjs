// Builds the fast jsii runtime: the official program, the packages and their type specs in one file with a V8 code cache.
// The official runtime starts two Node processes, unpacks, parses and compiles the same files at each run; the outcome is the same.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import esbuild from "esbuild";
import { seal } from "./runtime/seal.js";

/**
 * @param program the official runtime's program.js
 * @param packages [{name, version, folder, tarball, needs}], the needed ones first
 */
export async function buildRuntime(program, packages, target) {
  const sources = join(import.meta.dirname, "runtime");
  mkdirSync(target, { recursive: true });
  const virtual = {
    program: patch(program),
    packages: `exports.packages = {${packages.map(({ name, folder, tarball, needs }) => `
      ${JSON.stringify(name)}: {
        seal: ${JSON.stringify(seal(tarball))},
        needs: ${JSON.stringify(needs)},
        assembly: () => require(${JSON.stringify(join(folder, ".jsii"))}),
        exports: () => require(${JSON.stringify(folder)}),
      }`).join(",")}
    };`,
  };
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `require("./console.js"); require("program");`, resolveDir: sources, sourcefile: "main.js" },
    alias: Object.fromEntries(packages.map(({ name, folder }) => [name, folder])),
    plugins: [{
      name: "virtual",
      setup(build) {
        build.onResolve({ filter: /^(program|packages)$/ }, ({ path }) => ({ path, namespace: "virtual" }));
        build.onResolve({ filter: /^preload$/ }, () => ({ path: join(sources, "preload.js") }));
        build.onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({ contents: virtual[path], resolveDir: sources }));
      },
    }],
    loader: { ".jsii": "text" },
    // the limit keeps a crash from printing all of the file as its one line
    bundle: true, minify: true, keepNames: true, lineLimit: 200, platform: "node", target: "node20", write: false, logLevel: "error",
  });
  writeFileSync(join(target, "bundle.js"), `(function (require, module, exports) {${outputFiles[0].text}\n})`);
  cpSync(join(sources, "jsii-runtime"), join(target, "jsii-runtime"));
  chmodSync(join(target, "jsii-runtime"), 0o755);
  makeCache(packages, target);
}

/** Lets the official program use stdin and stdout, and ask for the bundled packages before it unpacks a tarball. */
function patch(program) {
  return [
    ["readFD: 3", "readFD: 0"],
    ["writeFD: 3", "writeFD: 1"],
    ["const pkgver = req.version;", `$&
      const served = require("preload").serve(req);
      if (served) {
        __classPrivateFieldGet(this, _Kernel_instances, "m", _Kernel_addAssembly).call(this, new Assembly(served.assembly, served.exports));
        return { assembly: pkgname, types: Object.keys(served.assembly.types).length };
      }`],
  ].reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`the jsii runtime has changed: "${from}" is not there once`);
    return text.replace(from, to);
  }, program);
}

/** Runs a small program, so that the cache also holds the functions which every program calls. */
function makeCache(packages, target) {
  const folder = mkdtempSync(join(tmpdir(), "jsii-cache-"));
  const stack = { "$jsii.byref": "cdktf.TerraformStack@10001" };
  const resources = packages.flatMap(({ name, folder: source }) => {
    const { types } = JSON.parse(readFileSync(join(source, ".jsii"), "utf8"));
    return Object.keys(types).filter((fqn) => `${fqn}Config` in types && types[fqn].properties?.some(({ name }) => name === "tfResourceType"))
      .map((fqn) => ({ api: "create", fqn, args: [stack, fqn.replace(/.*\./, ""), sample(types, `${fqn}Config`)] }));
  });
  const requests = [
    ...packages.map(({ name, version, tarball }) => ({ api: "load", name, version, tarball })),
    { api: "create", fqn: "cdktf.App", args: [{ outdir: join(folder, "out") }] },
    { api: "create", fqn: "cdktf.TerraformStack", args: [{ "$jsii.byref": "cdktf.App@10000" }, "stack"] },
    ...resources,
    { api: "invoke", objref: { "$jsii.byref": "cdktf.App@10000" }, method: "synth" },
    { exit: 0 },
  ];
  try {
    execFileSync(join(target, "jsii-runtime"), [join(target, "bundle.cache")],
      { cwd: folder, input: requests.map((request) => JSON.stringify(request) + "\n").join(""), stdio: ["pipe", "pipe", "inherit"], encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The least that a struct asks for. */
function sample(types, fqn) {
  const required = (types[fqn]?.properties ?? []).filter((property) => !property.optional);
  const data = Object.fromEntries(required.map(({ name, type }) => [name, sampleOf(types, type)]));
  return { "$jsii.struct": { fqn, data } };
}

function sampleOf(types, { fqn, collection, union, primitive }) {
  if (fqn) return sample(types, fqn);
  if (union) return sampleOf(types, union.types.at(-1));
  if (collection) return collection.kind === "array" ? [sampleOf(types, collection.elementtype)] : {};
  return { boolean: true, number: 1 }[primitive] ?? "x";
}
