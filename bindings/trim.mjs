// Trims a jsii assembly (the type specs of an npm package) to the resources in use.
import { readFileSync } from "node:fs";
import { join } from "node:path";

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
        + (folder ? suggest(provider, providers, (name) => `${name}/${folder}`) : ""));
    }
    if (wanted.get(provider).some((other) => other.folder === folder)) throw new Error(`${line}: "${entry}" is there twice`);
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
    for (const [, used] of JSON.stringify(type).matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
      if (all.has(used) && !(used in assembly.types)) {
        throw new Error(`resources.txt: ${user} uses ${used}: add the resource "${folderOf.get(home(used))}" as well`);
      }
    }
  }
}

/** Keeps only deprecations, which become annotations; the rest would be Javadoc, which is not in a jar. */
function stripDocs(node) {
  for (const [key, value] of Object.entries(node)) {
    if (key === "locationInModule" || key === "symbolId") delete node[key];
    else if (key === "docs") {
      if (value.deprecated) node.docs = { deprecated: value.deprecated };
      else delete node.docs;
    } else if (value && typeof value === "object") stripDocs(value);
  }
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
