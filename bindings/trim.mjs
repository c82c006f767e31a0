// Trims a jsii package to the resources in use and packs it as one small file: what Java loads at run time.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";

/** Reads resources.txt into a map of provider -> [{folder, line}]. */
export function readResources(file, providers) {
  const wanted = new Map(providers.map((provider) => [provider, []]));
  readFileSync(file, "utf8").split("\n").forEach((text, index) => {
    const entry = text.replace(/#.*/, "").trim();
    if (!entry) return;
    const line = `resources.txt:${index + 1}`;
    const [provider, folder] = entry.split("/");
    if (!wanted.has(provider) || !folder) {
      throw new Error(`${line}: "${entry}" is not provider/resource with a provider of: ${providers.join(", ")}`
        + suggest(provider, providers, (name) => `${name}/${folder ?? ""}`));
    }
    wanted.get(provider).push({ folder, line });
  });
  return wanted;
}

/** The assembly without documentation and, if resources are given, without every other submodule. */
export function trimAssembly(source, resources) {
  const assembly = JSON.parse(readFileSync(join(source, ".jsii"), "utf8"));
  if (resources) keepOnly(assembly, resources);
  delete assembly.readme;
  for (const submodule of Object.values(assembly.submodules ?? {})) {
    for (const key of ["readme", "locationInModule", "symbolId"]) delete submodule[key];
  }
  for (const type of Object.values(assembly.types)) stripDocs(type);
  return assembly;
}

function keepOnly(assembly, resources) {
  const submoduleOf = new Map(Object.entries(assembly.submodules)
    .map(([fqn, submodule]) => [submodule.symbolId.split("/")[1], fqn]));
  const kept = new Set(resources.map(({ folder, line }) => {
    if (!submoduleOf.has(folder)) {
      throw new Error(`${line}: ${assembly.name} ${assembly.version} has no "${folder}"` + suggest(folder, [...submoduleOf.keys()]));
    }
    return submoduleOf.get(folder);
  }));
  const all = new Set(Object.keys(assembly.types));
  const home = (fqn) => fqn.slice(0, fqn.indexOf(".", assembly.name.length + 1));
  for (const fqn of all) if (!kept.has(home(fqn))) delete assembly.types[fqn];
  for (const fqn of submoduleOf.values()) if (!kept.has(fqn)) delete assembly.submodules[fqn];

  const folderOf = new Map([...submoduleOf].map(([folder, fqn]) => [fqn, folder]));
  for (const [user, type] of Object.entries(assembly.types)) {
    for (const [, used] of JSON.stringify(type).matchAll(/"([^" ]+)"/g)) {
      if (all.has(used) && !(used in assembly.types)) {
        throw new Error(`resources.txt: ${user} uses ${used}: add the resource "${folderOf.get(home(used))}" as well`);
      }
    }
  }
}

/** Only a deprecation is kept, since it becomes an annotation; the rest would only be Javadoc, which is not in a jar. */
function stripDocs(node) {
  for (const [key, value] of Object.entries(node)) {
    if (key === "locationInModule" || key === "symbolId") delete node[key];
    else if (key === "docs") {
      if (value.deprecated) node.docs = { deprecated: value.deprecated };
      else delete node.docs;
    } else if (value && typeof value === "object") stripDocs(value);
  }
}

/** A stack trace for each token costs a tenth of a synth, and would only show this file. */
const withoutStackTraces = {
  name: "without-stack-traces",
  setup(build) {
    build.onLoad({ filter: /cdktf.lib.tokens.private.stack-trace\.js$/ }, () => ({ contents: "exports.captureStackTrace = () => [];" }));
  },
};

/** The package's JavaScript as one file. A provider's submodules are evaluated at first use. */
export async function bundle(source, resources, external) {
  const entry = resources
    ? resources.map(({ folder }) => {
        const name = JSON.stringify(folder.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase()));
        return `Object.defineProperty(exports, ${name}, {enumerable: true, get: () => require("./lib/${folder}")});`;
      }).join("\n")
    : `module.exports = require("./lib");`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents: entry, resolveDir: source, sourcefile: "index.js" },
    bundle: true, minify: true, keepNames: true, platform: "node", target: "node20", external,
    plugins: [withoutStackTraces], write: false, logLevel: "error",
  });
  return Buffer.from(outputFiles[0].contents);
}

/** A .tgz with the same bytes for the same files: sorted, no owner, no time. */
export function tarball(files) {
  const blocks = Object.keys(files).sort().flatMap((name) => {
    const content = Buffer.from(files[name]);
    const header = Buffer.alloc(512);
    const octal = (value, at, length) => header.write(value.toString(8).padStart(length - 1, "0"), at);
    header.write(`package/${name}`, 0);
    octal(0o644, 100, 8);
    octal(0, 108, 8);
    octal(0, 116, 8);
    octal(content.length, 124, 12);
    octal(0, 136, 12);
    header.fill(" ", 148, 156);
    header.write("0", 156);
    header.write("ustar\x0000", 257);
    octal(header.reduce((sum, byte) => sum + byte, 0), 148, 7);
    return [header, content, Buffer.alloc(-content.length & 511)];
  });
  const gzip = gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 9 });
  gzip[9] = 255; // the operating system's code
  return gzip;
}

function suggest(name, names, render = (nearest) => nearest) {
  const nearest = names.map((candidate) => [distance(name, candidate), candidate]).sort((a, b) => a[0] - b[0])[0];
  return `; did you mean "${render(nearest[1])}"?`;
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
