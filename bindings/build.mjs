// Makes the Java bindings and installs them into the local Maven repository. Called by build.sh, which Maven calls:
//   node build.mjs <java home> <local Maven repository> <class path of the dependencies>
//
// A launcher can test in a few milliseconds, without Maven or Node, whether this must run again:
// target/stamp is written last, so the bindings are stale if any file of bindings/ and bindings/runtime/ is newer
// (`[ bindings/pom.xml -nt bindings/target/stamp ]`, which is also true when there is no stamp), or if a jar was removed.
// The stamp's lines are `<sha256> <absolute path of an installed file>` after a first line with the fingerprint of the inputs.
// A run with nothing changed only refreshes the stamp's time; a run with jars missing installs them again from target/.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";

const [javaHome, repository, classPath] = process.argv.slice(2);
const root = import.meta.dirname;
const target = join(root, "target");
const stamp = join(target, "stamp");
const jars = classPath.split(":").filter((file) => file.endsWith(".jar"));
const providers = ["aws", "kubernetes", "helm"];
const qualifier = "-slim";

const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const read = (file) => (existsSync(file) ? readFileSync(file) : "");
const filesUnder = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();

try {
  const fingerprint = inputs();
  const dist = join(target, "dist");
  const [built, ...lines] = read(stamp).toString().trimEnd().split("\n");
  const intact = built === fingerprint
    && lines.every((line) => sha256(read(join(dist, line.split(" ")[2]))) === line.split(" ")[0]);
  if (!intact) {
    rmSync(target, { recursive: true, force: true });
    await build(dist);
  }
  const installed = filesUnder(dist).map((file) => `${install(dist, file)} ${join(repository, file)} ${file}`);
  writeFileSync(stamp, [fingerprint, ...installed, ""].join("\n"));
} catch (error) {
  console.error(`bindings: ${error.stderr ?? error.message}`);
  process.exit(1);
}

/** Everything that can change the outcome. */
function inputs() {
  const sources = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name)
    .filter((name) => !name.endsWith(".md")).sort();
  const hash = createHash("sha256").update(`${process.version} ${javaHome} ${jars.map((jar) => basename(jar))}`);
  for (const file of sources) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

/** Copies a file into the Maven repository unless it is there; in one step, as others may be reading it. */
function install(dist, file) {
  const content = readFileSync(join(dist, file));
  const digest = sha256(content);
  const there = join(repository, file);
  if (sha256(read(there)) !== digest) {
    mkdirSync(dirname(there), { recursive: true });
    writeFileSync(`${there}.${process.pid}`, content);
    renameSync(`${there}.${process.pid}`, there);
  }
  return digest;
}

async function build(dist) {
  installPackages();
  const { readResources } = await import("./trim.mjs");
  const resources = readResources(join(root, "resources.txt"), providers);
  const artifacts = [await generate("cdktf", undefined, ["constructs"])];
  for (const provider of providers) {
    artifacts.push(await generate(`@cdktf/provider-${provider}`, resources.get(provider), ["cdktf", "constructs"]));
  }
  const dependencies = jars.map(coordinates);
  for (const artifact of artifacts) {
    compile(artifact, artifacts);
    const version = artifact.version + qualifier;
    const folder = join(dist, ...artifact.group.split("."), artifact.name, version);
    mkdirSync(folder, { recursive: true });
    jar(artifact, join(folder, `${artifact.name}-${version}.jar`));
    const needs = artifact === artifacts[0] ? [] : [{ ...artifacts[0], version: artifacts[0].version + qualifier }];
    writeFileSync(join(folder, `${artifact.name}-${version}.pom`), pom({ ...artifact, version }, [...needs, ...dependencies]));
  }
}

/** npm ci, unless node_modules is the outcome of this very lock file. */
function installPackages() {
  const lock = sha256(readFileSync(join(root, "package-lock.json")));
  const marker = join(root, "node_modules", ".lock.sha256");
  if (read(marker).toString() === lock) return;
  execFileSync("npm", ["ci"], { cwd: root, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  writeFileSync(marker, lock);
}

/** Trims one npm package and generates its Java sources and resources. */
async function generate(npm, resources, external) {
  const { bundle, tarball, trimAssembly } = await import("./trim.mjs");
  const require = createRequire(import.meta.url);
  const source = join(root, "node_modules", npm);
  const assembly = trimAssembly(source, resources);
  const { name, version, jsii, license, peerDependencies } = JSON.parse(readFileSync(join(source, "package.json")));
  const { groupId: group, artifactId } = assembly.targets.java.maven;
  const folder = join(target, artifactId);
  const slim = join(folder, "package");
  const files = {
    ".jsii": JSON.stringify(assembly),
    "package.json": JSON.stringify({ name, version, license, main: "lib/index.js", jsii, peerDependencies }),
    "lib/index.js": await bundle(source, resources, external),
    ...(existsSync(join(source, "LICENSE")) && { LICENSE: readFileSync(join(source, "LICENSE")) }),
  };
  mkdirSync(slim, { recursive: true });
  for (const file of [".jsii", "package.json"]) writeFileSync(join(slim, file), files[file]);
  writeFileSync(join(folder, "package.tgz"), tarball(files));

  const { TypeSystem } = require("jsii-reflect");
  const { default: Java } = require("jsii-pacmak/lib/targets/java");
  const types = new TypeSystem();
  const java = new Java({
    targetName: "java", packageDir: slim, assembly: await types.load(slim, { validate: false }), runtimeTypeChecking: true, fingerprint: false, arguments: {},
  });
  java.generator.emitGeneratedAnnotation = () => {}; // it would add a dependency, and the time
  await java.generateCode(join(folder, "java"), join(folder, "package.tgz"));
  return { group, name: artifactId, version, folder };
}

function compile({ name, folder }, artifacts) {
  const sources = join(folder, "java", "src", "main", "java");
  const classes = join(folder, "classes");
  const list = join(folder, "sources");
  mkdirSync(classes, { recursive: true });
  writeFileSync(list, filesUnder(sources).map((file) => `"${join(sources, file)}"`).join("\n"));
  const path = [...jars, ...artifacts.filter((other) => other.name !== name).map((other) => join(other.folder, "classes"))];
  execFileSync(join(javaHome, "bin", "javac"),
    ["--release", "17", "-proc:none", "-nowarn", "-Xlint:none", "-encoding", "UTF-8", "-cp", path.join(":"), "-d", classes, `@${list}`],
    { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  cpSync(join(folder, "java", "src", "main", "resources"), classes, { recursive: true });
  mkdirSync(join(classes, "META-INF"));
  cpSync(join(folder, "java", "LICENSE"), join(classes, "META-INF", "LICENSE"));
}

/** Sorted entries, one fixed time, no manifest (which would name the JDK): the same classes give the same bytes. */
function jar({ folder }, file) {
  const classes = join(folder, "classes");
  const list = join(folder, "entries");
  writeFileSync(list, filesUnder(classes).join("\n"));
  execFileSync(join(javaHome, "bin", "jar"),
    ["--create", "--no-manifest", "--date", "1980-01-01T00:00:02Z", "--file", file, `@${list}`], { cwd: classes, encoding: "utf8" });
}

/** A jar of the local repository: group/with/slashes/name/version/name-version.jar */
function coordinates(file) {
  const [version, name, ...group] = relative(repository, dirname(file)).split(sep).reverse();
  return { group: group.reverse().join("."), name, version };
}

function pom({ group, name, version }, dependencies) {
  const gav = (artifact) => `<groupId>${artifact.group}</groupId><artifactId>${artifact.name}</artifactId><version>${artifact.version}</version>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  ${gav({ group, name, version })}
  <licenses><license><name>MPL-2.0</name></license></licenses>
  <dependencies>
${dependencies.map((dependency) => `    <dependency>${gav(dependency)}<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>`).join("\n")}
  </dependencies>
</project>
`;
}
