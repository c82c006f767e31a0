package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.terraform.Command;
import dev.eksplatform.terraform.RequiresPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher as people have it: a copy of the installation in a folder with spaces, an apostrophe and letters beyond ASCII,
 * and a {@code mvn} that puts back what was built already.
 */
@RequiresPrograms("bash")
class LauncherIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String BUILDING = "eks-platform: building; this takes about two minutes the first time\n";
    private static final String VERSION = "eks-platform 0.1.0\n";

    @TempDir
    private Path folder;

    private Path root;
    private Path built;
    private Path temporary;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void copy() throws IOException {
        root = folder.resolve("it's a täst");
        built = folder.resolve("built");
        temporary = Files.createDirectory(folder.resolve("tmp"));
        for (String part : List.of("eks-platform", "pom.xml", "policies", "stacks", "bindings/target/runtime")) {
            copy(PROJECT.resolve(part), root.resolve(part));
        }
        copy(PROJECT.resolve("bindings/target/stamp"), root.resolve("bindings/target/stamp"));
        Files.createDirectories(root.resolve("src/main"));
        for (String part : List.of("eks-platform-0.1.0.jar", "classpath", "lib")) {
            copy(PROJECT.resolve("target").resolve(part), built.resolve(part));
        }
        copy(built, root.resolve("target"));
        bash("touch target/*.jar").expect(0);
        mvn("echo \"$@\" >>'" + folder + "/builds'; sleep 0.5; case $* in *bindings*) touch bindings/target/stamp ;;"
                + " *) mkdir -p target; cp -a '" + built + "'/* target ;; esac");
        environment.putAll(System.getenv());
        List.of("JSII_RUNTIME", "JSII_NODE", "CDKTF_OUTDIR", "LANG", "LC_CTYPE").forEach(environment::remove);
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("LC_ALL", "C");
        environment.put("TMPDIR", temporary.toString());
    }

    @Test
    void aFolderAndFilesOfAnyNameAreReadAndWrittenWithoutALocale() throws IOException {
        Path file = root.resolve("stacks/größe ß.yaml");
        copy(root.resolve("stacks/ingress.yaml"), file);
        bash("./eks-platform --version").expect(0);
        Command synth =
                bash("./eks-platform synth 'stacks/größe ß.yaml' -o 'aus gäbe'").expect(0);
        assertThat(synth.output()).startsWith("wrote aus gäbe/stacks/ingress-infrastructure/cdk.tf.json (");
        assertThat(Files.readString(root.resolve("aus gäbe/stacks/ingress-infrastructure/sources.json")))
                .contains("stacks/größe ß.yaml:");
        assertThat(root.resolve("target/eks-platform.jsa")).isNotEmptyFile();
        assertThat(namesIn(temporary)).isEmpty();
    }

    @Test
    void anInterruptEndsASynthQuietlyAndLeavesNothing() throws IOException {
        withoutArchives();
        bash("./eks-platform --version").expect(0);
        Command run = interrupted("./eks-platform synth hidden/ingress.yaml -o new/out", "new/.synth-*");
        assertThat(run.output()).isEqualTo("status 130\n");
        assertThat(root.resolve("new/out")).doesNotExist();
        assertThat(namesIn(root.resolve("new"))).isEmpty();
        assertThat(namesIn(temporary)).isEmpty();
    }

    @Test
    void anInterruptEndsABuildWithAllItStarted() throws IOException {
        withoutArchives();
        Files.delete(root.resolve("target/classpath"));
        mvn("touch '" + folder + "/started'; sleep 600 & sleep 600");
        Command run = interrupted(
                "./eks-platform --version", folder.resolve("started").toString());
        assertThat(run.output()).isEqualTo(BUILDING + "status 130\n");

        mvn("mkdir -p target; cp -a '" + built + "'/* target");
        assertThat(bash("./eks-platform --version").expect(0).output()).isEqualTo(BUILDING + VERSION);
        assertThat(bash("./eks-platform --version").expect(0).output()).isEqualTo(VERSION);
    }

    /** Archives are made for the environments that are there, which takes longest: most tests do without. */
    private void withoutArchives() {
        bash("mv stacks hidden; mkdir stacks").expect(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm target/classpath",
                "rm target/*.jar",
                ": >target/eks-platform-0.1.0.jar",
                "rm target/lib/picocli-*",
                ": >target/launcher-unfinished",
                "rm -r target",
            })
    void aHalfDeletedBuildIsMadeAgain(String damage) {
        withoutArchives();
        bash(damage).expect(0);
        assertThat(bash("./eks-platform --version").expect(0).output()).isEqualTo(BUILDING + VERSION);
        assertThat(bash("./eks-platform --version").expect(0).output()).isEqualTo(VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": >target/eks-platform-check.jsa",
                "head -c 200000 /dev/urandom >x; mv -f x target/eks-platform-check.jsa",
                "rm -f target/eks-platform.java",
                "rm bindings/target/runtime/specs",
            })
    void whatOnlyMakesItFastMayBeMissingOrBroken(String damage) {
        withoutArchives();
        bash("./eks-platform --version; " + damage).expect(0);
        Command check = bash("./eks-platform check hidden/ingress.yaml --fail-on critical")
                .expect(0);
        assertThat(check.output()).doesNotContain("eks-platform:", "WARNING", "fault");
    }

    @Test
    void runsThatStartTogetherBuildOnce() throws IOException {
        withoutArchives();
        bash("rm -r target").expect(0);
        Command runs =
                bash("for i in 1 2 3; do ./eks-platform --version & done; wait").expect(0);
        assertThat(runs.output().split(VERSION, -1)).hasSize(4);
        assertThat(runs.output()).containsOnlyOnce(BUILDING).contains("waiting for another run that is building");
        assertThat(Files.readString(folder.resolve("builds"))).containsOnlyOnce("package");
    }

    @Test
    void whoCannotWriteThereRunsTheBuildAsItIs() throws IOException {
        TreeSet<String> before = namesIn(root.resolve("target"));
        assertThat(asSomebodyElse("./eks-platform --version").expect(0).output())
                .isEqualTo(VERSION);
        bash("touch -d '+1 hour' pom.xml").expect(0);
        assertThat(asSomebodyElse("./eks-platform --version").expect(0).output())
                .isEqualTo("eks-platform: the build in " + root
                        + " is out of date, and you cannot write there: running it as" + " it is\n" + VERSION);
        Files.delete(root.resolve("target/classpath"));
        assertThat(asSomebodyElse("./eks-platform --version").expect(2).output())
                .isEqualTo(
                        "eks-platform: the build in " + root + " is not complete, and you cannot write there. Its owner"
                                + " has to run ./eks-platform --version there.\n");
        before.remove("classpath");
        assertThat(namesIn(root.resolve("target"))).isEqualTo(before);
    }

    @Test
    void aFullDiskIsBadInput() {
        withoutArchives();
        bash("./eks-platform --version").expect(0);
        assertThat(bash("./eks-platform schema >/dev/full").expect(2).output())
                .isEqualTo(
                        "standard output: cannot be written: No space left on device; fix: free some space there, or name another place\n");
        assertThat(bash("./eks-platform check hidden/ingress.yaml >/dev/full")
                        .expect(2)
                        .output())
                .startsWith("standard output: cannot be written");
        assertThat(bash("ulimit -f 8; ./eks-platform synth hidden/ingress.yaml -o out 2>&1 | cat")
                        .expect(0)
                        .output())
                .contains("; fix: ", "1 problem")
                .doesNotContain("internal error");
        assertThat(root.resolve("out")).doesNotExist();
    }

    @Test
    void aReaderThatStopsIsNoProblem() {
        withoutArchives();
        assertThat(bash("./eks-platform schema | head -1; exit ${PIPESTATUS[0]}")
                        .expect(0)
                        .output())
                .isEqualTo("{\n");
    }

    @Test
    void whatIsMissingIsNamed() {
        environment.put("JAVA_HOME", "/nowhere");
        assertThat(bash("./eks-platform --version").expect(2).output())
                .isEqualTo(
                        "eks-platform: Java is missing: /nowhere/bin/java cannot be run. Install JDK 17 or newer, or set"
                                + " JAVA_HOME.\n");
        environment.remove("JAVA_HOME");
        environment.put("JSII_NODE", "/nowhere/node");
        assertThat(bash("./eks-platform --version").expect(2).output())
                .isEqualTo("eks-platform: Node.js is missing: '/nowhere/node' is not on the PATH. Install Node.js 20 or"
                        + " newer.\n");
    }

    private void mvn(String script) throws IOException {
        Path mvn = folder.resolve("bin/mvn");
        Files.createDirectories(mvn.resolveSibling(""));
        Files.writeString(
                mvn, "#!/usr/bin/env bash\ncd '" + root.toString().replace("'", "'\\''") + "'\n" + script + "\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Command bash(String script) {
        // a test that runs in the background inherits that interrupts are ignored
        return Command.run(root, environment, List.of("env", "--default-signal=INT", "bash", "-c", script));
    }

    /** Ctrl-C, which a terminal sends to all processes of a job, once a file is there; all of them have to end. */
    private Command interrupted(String command, String when) {
        return bash("set -m\n" + command
                        + " &\njob=$!\nset +m\nfor ((i = 0; i < 3000; i++)); do\n  [[ -z $(compgen -G '"
                        + when
                        + "') ]] || break\n  sleep 0.01\ndone\nkill -INT -- -$job\nwait $job 2>/dev/null\necho status $?\n"
                        + "for ((i = 0; i < 200; i++)); do kill -0 -- -$job 2>/dev/null || exit 0; sleep 0.01; done\n"
                        + "echo 'still there:'; ps -o pid,pgid,args | grep $job; exit 1")
                .expect(0);
    }

    /** The superuser can write everywhere, so it becomes somebody else. */
    private Command asSomebodyElse(String command) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            bash("chmod -R a-w .").expect(0);
            try {
                return bash(command);
            } finally {
                bash("chmod -R u+w .").expect(0);
            }
        }
        for (Path path : List.of(folder, root)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
        return bash("exec setpriv --reuid=65534 --regid=65534 --clear-groups bash -c '" + command + "'");
    }

    private static TreeSet<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            TreeSet<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolveSibling(""));
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(
                            file,
                            to.resolve(from.relativize(file).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
