// Generates the Java bindings and installs them into the local Maven repository. Called by build.sh, which Maven calls:
//   node build.mjs <java home> <local Maven repository> <class path of the dependencies>
//
// A launcher can test in a few milliseconds, without Maven or Node, whether this has to run again. target/stamp is written last:
// its first line is the fingerprint of the inputs, the second the Maven repository, and each further line is `<sha256> <file>` of
// an installed file. So the bindings are stale if any file in bindings/ or bindings/runtime/ is newer than the stamp
// (`[ $file -nt bindings/target/stamp ]`, also true without a stamp) or if an installed file is missing:
//   { read -r _; read -r repository; while read -r _ file; do [ -e "$repository/$file" ] || stale=1; done; } < bindings/target/stamp
// Without changes, this only updates the time of the stamp; missing jars are installed again from target/.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";

const [javaHome, repository, classPath] = process.argv.slice(2);
const root = import.meta.dirname;
const target = join(root, "target");
const dist = join(target, "dist");
const stamp = join(target, "stamp");
const jars = classPath.split(delimiter).filter((file) => file.endsWith(".jar"));

try {
  const fingerprint = fingerprintOfInputs();
  if (!isBuilt(fingerprint)) {
    installPackages();
    const work = join(target, "work");
    rmSync(work, { recursive: true, force: true });
    const { make } = await import("./make.mjs");
    await make({ root, work, javaHome, repository, jars });
    for (const result of ["dist", "runtime"]) { // last, so that the old runtime can be used until then
      rmSync(join(target, result), { recursive: true, force: true });
      renameSync(join(work, result), join(target, result));
    }
  }
  const installed = filesUnder(dist).map((file) => `${install(file)} ${file}`);
  writeFileSync(stamp, [fingerprint, repository, ...installed, ""].join("\n"));
} catch (error) {
  console.error(`bindings: ${error.stderr || error.message}`);
  process.exit(1);
}

/** All inputs of the build. */
function fingerprintOfInputs() {
  const hash = createHash("sha256").update([process.version, javaHome, ...jars.map((jar) => basename(jar))].join("\0"));
  for (const folder of [root, join(root, "runtime")]) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isFile() && !entry.name.endsWith(".md")) hash.update(`\0${entry.name}\0`).update(readFileSync(join(folder, entry.name)));
    }
  }
  return hash.digest("hex");
}

function isBuilt(fingerprint) {
  const [built, , ...installed] = read(stamp).toString().trimEnd().split("\n");
  return built === fingerprint && existsSync(join(target, "runtime", "bundle.cache")) && installed.every((line) => {
    const [digest, file] = line.split(" ");
    return sha256(read(join(dist, file))) === digest;
  });
}

/** npm ci, unless node_modules was installed from this lock file. */
function installPackages() {
  const lock = sha256(readFileSync(join(root, "package-lock.json")));
  const marker = join(root, "node_modules", ".lock.sha256");
  if (read(marker).toString() === lock) return;
  execFileSync("npm", ["ci"], { cwd: root, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
  writeFileSync(marker, lock);
}

/** Copies a file into the Maven repository unless it exists; atomically, because other processes may read it. */
function install(file) {
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

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true }).filter((file) => /\.(jar|pom)$/.test(file)).sort();
}

function read(file) {
  return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
}

function sha256(data) {
  return createHash("sha256").update(data).digest("hex");
}
