// Writes provider-attributes.txt and provider-arguments.txt: see README.md. The first argument is a folder for the manifests.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const cache = process.argv[2];

/** Lines without comments, as words. */
function table(file) {
  return readFileSync(file, "utf8").split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean).map((line) => line.split(/\s+/));
}

function npm(...args) {
  return execFileSync("npm", args, { cwd: cache, encoding: "utf8", maxBuffer: 1 << 28 });
}

const numbers = (version) => version.split(".").map(Number);
const compare = (a, b) => {
  const [x, y] = [numbers(a), numbers(b)];
  return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
};

/** A file of a package. */
function extract(archive, name) {
  return JSON.parse(execFileSync("tar", ["-xzOf", archive, `package/${name}`], { maxBuffer: 1 << 29 }));
}

/** Terraform's name of a folder of bindings/resources.txt. */
function typeOf(provider, folder) {
  if (folder === "provider") return `provider.${provider}`;
  return folder.startsWith("data-") ? `data.${folder.slice("data-".length).replaceAll("-", "_")}` : `${provider}_${folder.replaceAll("-", "_")}`;
}

/** The arguments and blocks of a struct, by Terraform's names: an argument is null, a block an object. */
function argumentsOf(assembly, fqn) {
  const found = {};
  for (const property of assembly.types[fqn].properties ?? []) {
    const name = /#\w+ \w+#(\w+)\}/.exec(JSON.stringify(property.docs ?? {}))?.[1];
    if (!name) throw new Error(`${assembly.name} ${assembly.version}: ${fqn}.${property.name} does not say its name in Terraform`);
    const block = [...JSON.stringify(property.type).matchAll(/"fqn":"([^"]+)"/g)].map((match) => match[1])
      .find((type) => assembly.types[type]?.kind === "interface" && assembly.types[type].datatype);
    found[name] = block ? argumentsOf(assembly, block) : null;
  }
  return found;
}

/** What one version of a package says: the version of the provider, and the arguments by type. */
function manifest(name, version, provider, folders) {
  const file = join(cache, `${name.slice(1).replace("/", "-")}-${version}.json`);
  if (!existsSync(file)) {
    const archive = join(cache, npm("pack", "--silent", `${name}@${version}`).trim());
    const assembly = extract(archive, ".jsii");
    const release = extract(archive, "package.json");
    const submodules = new Map(Object.entries(assembly.submodules).map(([fqn, { symbolId }]) => [symbolId.split("/")[1], fqn]));
    const types = {};
    for (const [folder, fqn] of [...submodules].filter(([folder]) => folders.includes(folder))) {
      const construct = Object.values(assembly.types).find((type) => type.namespace === fqn.slice(assembly.name.length + 1)
        && /^cdkt[fn]\.Terraform(Resource|DataSource|Provider)$/.test(type.base ?? ""));
      if (construct) {
        types[typeOf(provider, folder)] = argumentsOf(assembly, construct.initializer.parameters[2].type.fqn);
      }
    }
    writeFileSync(file, JSON.stringify({ release: (release.cdktf ?? release.cdktn).provider.version, types }));
    rmSync(archive);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Paths of arguments and blocks: what is new as a whole is one path. */
function* added(before, after, path = "") {
  for (const name of Object.keys(after)) {
    if (!(name in before)) yield path + name;
    else if (before[name] && after[name]) yield* added(before[name], after[name], `${path}${name}.`);
  }
}

const folders = new Map();
for (const [entry] of table(join(root, "bindings/resources.txt"))) {
  const [provider, folder] = entry.split("/");
  folders.set(provider, [...(folders.get(provider) ?? []), folder]);
}
mkdirSync(cache, { recursive: true });
const dependencies = (file) => JSON.parse(readFileSync(join(root, file), "utf8")).devDependencies;
const bindings = dependencies("bindings/package.json");
const ofCdktn = dependencies("bindings/cdktn/package.json");
const exact = new Map(table(join(here, "changelog.txt")).map(([version, type, path]) => [`${type} ${path}`, version]));
const ranges = [];
const lines = [];
const ofAll = {};
for (const provider of folders.keys()) {
  const releases = new Map();
  let end;
  let ofBindings;
  let others = [];
  for (const [name, oldest, limit] of table(join(here, "packages.txt")).filter(([name]) => name.endsWith(`provider-${provider}`))) {
    end = limit;
    for (const version of JSON.parse(npm("view", name, "versions", "--json")).flat()) {
      if (!/^[\d.]+$/.test(version) || compare(version, oldest) < 0) continue;
      const { release, types } = manifest(name, version, provider, folders.get(provider));
      if (compare(release, end) >= 0) continue;
      if (bindings[name] === version) ofBindings = { release, types };
      if (ofCdktn[name] === version) others = [release];
      if (!releases.has(release)) releases.set(release, types);
    }
  }
  const order = [...releases.keys()].sort(compare);
  ranges.push([provider, exact.get(`provider.${provider} *`) ?? order[0], end, ofBindings.release, ...others]);
  Object.assign(ofAll, ofBindings.types);
  for (let i = 1; i < order.length; i++) {
    const [before, after] = [releases.get(order[i - 1]), releases.get(order[i])];
    for (const type of Object.keys(after)) {
      if (!before[type]) lines.push([type, "*", order[i]]);
      else {
        for (const path of added(before[type], after[type])) lines.push([type, path, exact.get(`${type} ${path}`) ?? order[i]]);
        for (const path of added(after[type], before[type])) lines.push([type, path, `-${order[i]}`]);
      }
    }
  }
}
for (const [key, version] of exact) if (key.includes("=")) lines.push([...key.split(" "), version]);
for (const key of exact.keys()) {
  if (!lines.some(([type, path]) => key === `${type} ${path}`) && !key.endsWith(" *")) throw new Error(`changelog.txt: ${key} is in no manifest`);
}
const target = join(root, "src/main/resources/dev/eksplatform/internal/release/provider-attributes.txt");
const facts = [
  ...ranges.map((range) => `provider ${range.join(" ")}`),
  ...lines.map((line) => line.join(" ")).sort(),
].join("\n") + "\n";
const old = existsSync(target) ? readFileSync(target, "utf8") : "";
const day = old.endsWith(`\n${facts}`) ? /^day (.*)$/m.exec(old)[1] : new Date().toISOString().slice(0, 10);
writeFileSync(target, `# Arguments and blocks of the resource types in bindings/resources.txt that came (or, with -, went) after the oldest version of
# the provider, with that version; * is the type itself, and = a value of an argument. provider: the oldest version, the first that is not supported, those of the bindings.
# Source: npm packages of @cdktf and @cdktn, CHANGELOG.md of the providers. Program: src/build/provider-attributes
day ${day}
${facts}`);

/** a b{c d} e */
const words = (block) => Object.keys(block).sort().map((name) => name + (block[name] ? `{${words(block[name])}}` : "")).join(" ");
writeFileSync(join(root, "src/main/resources/dev/eksplatform/internal/release/provider-arguments.txt"),
  `# Arguments and blocks of the resource types in bindings/resources.txt, in the versions of the bindings. Source: npm packages of
# @cdktf. Program: src/build/provider-attributes
${Object.entries(ofAll).map(([type, block]) => `${type} ${words(block)}`.trim()).sort().join("\n")}
`);
