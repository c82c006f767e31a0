// Turns an npm package into a small one that Java loads at run time: few files, without source maps and type declarations.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";

/** Options of all bundles. Names are kept because jsii and CDKTF show and compare the names of classes. */
export async function bundleFiles(options) {
  const { outputFiles } = await esbuild.build({
    bundle: true, minify: true, keepNames: true, platform: "node", target: "node20", write: false, logLevel: "error", ...options,
  });
  return outputFiles[0].text;
}

/** The JavaScript of cdktf or cdktn. cdktf zips assets by running one of its modules as a program, which therefore is a separate file. */
export async function bundleFramework(source, external) {
  const zips = readFileSync(join(source, "lib", "private", "fs.js"), "utf8").includes("require.main === module");
  const edited = (program) => ({
    name: "edited",
    setup(build) {
      // stack traces of tokens cost a tenth of a synth, and would only show this bundle
      build.onLoad({ filter: /tokens.private.stack-trace\.js$/ }, () => ({ contents: "exports.captureStackTrace = exports.captureCreationStack = () => [];" }));
      if (zips) build.onLoad({ filter: /cdktf.lib.private.fs\.js$/ }, ({ path }) => ({ contents: edit(readFileSync(path, "utf8"), [
        ["require.main === module", `${program}`],
        ...(program ? [] : [['const archiver = require("archiver");', ""], ["${__filename}", '"${path.join(__dirname, "archive.js")}"']]),
      ]) }));
    },
  });
  const bundle = (file, program) => bundleFiles({ entryPoints: [join(source, "lib", file)], external, plugins: [edited(program)] });
  return { "lib/index.js": await bundle("index.js", false), ...(zips && { "lib/archive.js": await bundle(join("private", "fs.js"), true) }) };
}

/** The JavaScript of a provider; its resources are evaluated at first use. */
export async function bundleProvider(source, resources, external) {
  const contents = resources.map(({ folder }) => {
    const name = folder.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    return `Object.defineProperty(exports, "${name}", {enumerable: true, get: () => require("./lib/${folder}")});`;
  }).join("\n");
  return { "lib/index.js": await bundleFiles({ stdin: { contents, resolveDir: source }, external }) };
}

/** Replaces texts that must occur exactly once, so that a new version that changes them is noticed. */
export function edit(text, replacements) {
  return replacements.reduce((result, [from, to]) => {
    const parts = result.split(from);
    if (parts.length !== 2) throw new Error(`a package has changed: ${from} is there ${parts.length - 1} times, not once`);
    return parts.join(to);
  }, text);
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

