// From the npm packages to jars: trims each, generates its Java sources, compiles all of them and packs each with its POM.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join, relative, sep } from "node:path";
import Java from "jsii-pacmak/lib/targets/java.js";
import { TypeSystem } from "jsii-reflect";
import { buildRuntime } from "./runtime.mjs";
import { bundleFramework, bundleProvider, tarball } from "./slim.mjs";
import { readResources, trimAssembly } from "./trim.mjs";

const providers = ["aws", "kubernetes", "helm"];
const qualifier = "-slim"; // distinguishes them from the full jars
// The names in Java do not depend on the packages: they are part of the public API.
const java = { group: "com.hashicorp", artifact: "cdktf", package: "com.hashicorp.cdktf" };

/** @param place paths: {root, work, javaHome, repository, jars}; the results are in work/dist and work/runtime */
export async function make(place) {
  const { root, work, jars, repository } = place;
  const resources = readResources(join(root, "resources.txt"), providers);
  const packages = readPackages(join(root, "package.json"));
  const cdktf = await generate(place, packages);
  const artifacts = [cdktf];
  for (const provider of packages.providers.keys()) artifacts.push(await generate(place, packages, provider, resources.get(provider)));
  await makeRuntime(place, packages.framework, artifacts);
  const classes = compile(place, artifacts);
  const dependencies = jars.map((jar) => coordinates(repository, jar));
  for (const artifact of artifacts) {
    const { group, name, version } = artifact;
    const folder = join(work, "dist", ...group.split("."), name, version);
    mkdirSync(folder, { recursive: true });
    pack(place, artifact, classes, join(folder, `${name}-${version}.jar`));
    writeFileSync(join(folder, `${name}-${version}.pom`), pom(artifact, artifact === cdktf ? dependencies : [cdktf, ...dependencies]));
  }
}

/** The names of the npm packages: package.json is the only file that has them. A provider without a package is left out. */
function readPackages(file) {
  const names = Object.keys(JSON.parse(readFileSync(file, "utf8")).devDependencies);
  const frameworks = names.filter((name) => /^cdkt[fn]$/.test(name));
  if (frameworks.length !== 1) {
    throw new Error(`package.json has ${frameworks.join(" and ") || "neither cdktf nor cdktn"}; it needs one of them`);
  }
  const packages = providers.map((provider) => [provider, names.find((name) => name.endsWith(`/provider-${provider}`))]);
  return { framework: frameworks[0], providers: new Map(packages.filter(([, name]) => name)) };
}

/** Trims one npm package, packs it, and generates the Java sources and resources of its artifact. */
async function generate({ root, work }, { framework, providers: packages }, provider, listed) {
  const source = join(root, "node_modules", provider ? packages.get(provider) : framework);
  // the providers of cdktn need them
  const resources = existsSync(join(source, "lib", "provider-functions")) ? [...listed, { folder: "provider-functions" }] : listed;
  const assembly = trimAssembly(source, resources);
  const { name, version, jsii, license, peerDependencies } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  const needs = Object.keys(peerDependencies);
  if (provider && !needs.includes(framework)) {
    throw new Error(`package.json: ${name} ${version} is for ${needs.filter((need) => need !== "constructs")}, not for ${framework}`);
  }
  const { group, artifact: artifactId, package: javaPackage } = nameInJava(assembly, framework, provider);
  const folder = join(work, artifactId, "package");
  const archive = join(work, artifactId, "package.tgz");
  const sources = join(work, artifactId, "java");
  const files = {
    ".jsii": JSON.stringify(assembly),
    "package.json": JSON.stringify({ name, version, license, main: "lib/index.js", jsii, peerDependencies }),
    ...(resources ? await bundleProvider(source, resources, needs) : await bundleFramework(source, needs)),
    ...(existsSync(join(source, "LICENSE")) && { LICENSE: readFileSync(join(source, "LICENSE")) }),
  };
  mkdirSync(join(folder, "lib"), { recursive: true });
  for (const file of Object.keys(files)) writeFileSync(join(folder, file), files[file]);
  writeFileSync(archive, tarball(files));

  const generation = new Java.default({
    targetName: "java",
    packageDir: folder,
    assembly: await new TypeSystem().load(folder, { validate: false }),
    runtimeTypeChecking: true,
    fingerprint: false,
    arguments: {},
  });
  generation.generator.emitGeneratedAnnotation = () => {}; // it would add a timestamp and a dependency
  generation.generator.addJavaDocs = () => {}; // comments are not in a jar
  await generation.generateCode(sources, archive);
  return {
    group, name: artifactId, version: version + qualifier, java: sources, folder: javaPackage.replaceAll(".", "/"),
    package: { name, version, folder, tarball: archive, needs },
  };
}

/** Sets the names of an assembly and of the framework that it depends on; returns its own. */
function nameInJava(assembly, framework, provider) {
  const target = ({ group, artifact, package: name }) => ({ package: name, maven: { groupId: group, artifactId: artifact } });
  const own = provider
    ? { ...java, artifact: `${java.artifact}-provider-${provider}`, package: `${java.package}.providers.${provider}` }
    : java;
  assembly.targets.java = target(own);
  if (provider) assembly.dependencyClosure[framework].targets.java = target(java);
  return own;
}

/** The official program and the tarball of constructs are in the jars from Maven Central. */
async function makeRuntime({ root, work, javaHome, jars }, framework, artifacts) {
  const official = join(work, "official");
  mkdirSync(official);
  for (const file of jars.filter((jar) => /^(constructs|jsii-runtime)-/.test(basename(jar)))) {
    execFileSync(join(javaHome, "bin", "jar"), ["--extract", "--file", file], { cwd: official });
  }
  const folder = join(root, "node_modules", "constructs");
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const archive = join(official, "software", "constructs", `constructs@${version}.jsii.tgz`);
  if (!existsSync(archive)) throw new Error(`package-lock.json has constructs ${version}, pom.xml another version: make them the same`);
  const constructs = { name, version, folder, tarball: archive, needs: [] };
  const program = readFileSync(join(official, "software", "amazon", "jsii", "lib", "program.js"), "utf8");
  await buildRuntime(program, framework, [constructs, ...artifacts.map((artifact) => artifact.package)], join(work, "runtime"));
}

/** Compiles all artifacts in one run of javac, for which C1 is faster than C2. */
function compile({ work, javaHome, jars }, artifacts) {
  const classes = join(work, "classes");
  const list = join(work, "sources");
  for (const { java } of artifacts) cpSync(join(java, "src", "main", "resources"), classes, { recursive: true });
  const sources = artifacts.map(({ java }) => join(java, "src", "main", "java"));
  writeFileSync(list, sources.flatMap((folder) => filesUnder(folder).map((file) => `"${join(folder, file)}"`)).join("\n"));
  execFileSync(join(javaHome, "bin", "javac"), ["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseParallelGC", "--release", "17", "-proc:none",
    "-nowarn", "-encoding", "UTF-8", "-cp", jars.join(delimiter), "-d", classes, `@${list}`],
  { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  return classes;
}

/** Sorted entries, a fixed time and no manifest, which would contain the JDK version: the same classes give the same bytes. */
function pack({ work, javaHome }, { folder, java }, classes, jar) {
  const list = join(work, "entries");
  const own = filesUnder(classes).filter((file) => file.startsWith(folder) && !file.slice(folder.length).startsWith("/providers/"));
  writeFileSync(list, own.map((file) => `"${file}"`).join("\n"));
  execFileSync(join(javaHome, "bin", "jar"), ["--create", "--no-manifest", "--date", "1980-01-01T00:00:02Z", "--file", jar,
    "-C", java, "LICENSE", `@${list}`], { cwd: classes, encoding: "utf8" });
}

/** A jar of the local repository is at group/with/slashes/name/version/name-version.jar */
function coordinates(repository, jar) {
  const [version, name, ...group] = relative(repository, dirname(jar)).split(sep).reverse();
  return { group: group.reverse().join("."), name, version };
}

/** Lists exact versions and no transitive dependencies: see pom.xml. */
function pom(artifact, dependencies) {
  const gav = ({ group, name, version }) => `<groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>`;
  const all = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>";
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  ${gav(artifact)}
  <licenses><license><name>MPL-2.0</name></license></licenses>
  <dependencies>
${dependencies.map((dependency) => `    <dependency>${gav(dependency)}${all}</dependency>`).join("\n")}
  </dependencies>
</project>
`;
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}
