package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the commands of README's "A first deployment", as they are written there, in a copy of the project. AWS is played by
 * {@link Moto}. Nothing plays the cluster: a stand-in of npx leaves it to the real cdktf to deploy the infrastructure, approved, and
 * leaves out the two stacks that need Kubernetes, and a stand-in of kubectl answers when the kubeconfig file names the cluster.
 */
@RequiresPrograms({"terraform", "python3", "npm", "node", "bash", "aws"})
class ReadmeIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path WORK = PROJECT.resolve("target/readme");
    private static final String ADDRESS = "k8s-sampleap-web-0000000000-0000000000.ap-northeast-2.elb.amazonaws.com";

    private static final String NPX = """
            #!/usr/bin/env bash
            # The real one, with the answers that a person gives, and without the stacks that need a cluster.
            set -euo pipefail
            arguments=("${@//shop-\\*/shop-infrastructure}")
            case $2 in
                deploy) arguments+=(--auto-approve --skip-provider-lock) ;;
                destroy) arguments+=(--auto-approve --ignore-missing-stack-dependencies) ;;
            esac
            exec "$REAL_NPX" "${arguments[@]}"
            """;

    private static final String KUBECTL = """
            #!/usr/bin/env bash
            set -euo pipefail
            [[ "$*" == "get ingress -n sample-app" ]]
            grep -q 'current-context: arn:aws:eks:ap-northeast-2:111122223333:cluster/shop$' "$KUBECONFIG"
            printf 'NAME CLASS HOSTS ADDRESS PORTS AGE\\nweb alb * %s 80 2m\\n'
            """.formatted(ADDRESS);

    /** The indented lines of a section, each a command. */
    private static List<String> commands(String section) throws IOException {
        String readme = Files.readString(PROJECT.resolve("README.md"));
        int start = readme.indexOf("\n## " + section + "\n");
        assertThat(start).isNotNegative();
        int end = readme.indexOf("\n## ", start + 1);
        return readme.substring(start, end)
                .lines()
                .filter(line -> line.startsWith("       "))
                .map(String::strip)
                .toList();
    }

    @Test
    void theFirstDeploymentWorksAsItIsWritten() throws IOException {
        List<String> commands = commands("A first deployment");
        assertThat(commands).hasSize(6);
        copyProject();
        try (Moto aws = Moto.start("111122223333")) {
            SortedSet<String> before = aws.inventory("ap-northeast-2");
            Map<String, String> environment = environment(aws);

            run(commands.get(0), environment);
            assertThat(WORK.resolve("stacks/shop.yaml")).content().contains("\nenvironment: shop\n");
            run(commands.get(1), environment);
            assertThat(run(commands.get(2), environment)).contains("Apply complete!", "update_kubeconfig_command");
            assertThat(aws.inventory("ap-northeast-2")).contains("eks shop");
            run(commands.get(3), environment);
            assertThat(run(commands.get(4), environment)).contains(ADDRESS);
            assertThat(run(commands.get(5), environment)).contains("Destroy complete!");
            assertThat(aws.inventory("ap-northeast-2")).isEqualTo(before);
        }
    }

    private static String run(String command, Map<String, String> environment) {
        return Command.run(WORK, environment, List.of("bash", "-euo", "pipefail", "-c", command))
                .expect(0)
                .output();
    }

    private static Map<String, String> environment(Moto aws) throws IOException {
        Path programs = WORK.resolve("target/stand-ins");
        program(programs.resolve("npx"), NPX);
        program(programs.resolve("kubectl"), KUBECTL);
        Map<String, String> environment = new TreeMap<>(TerraformRunner.environment(WORK.resolve("target"), aws));
        String npx = Pattern.compile(":")
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, "npx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
        environment.put("REAL_NPX", npx);
        environment.merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        environment.put("KUBECONFIG", WORK.resolve("target/kubeconfig").toString());
        environment.put("CI", "1");
        environment.put("CDKTF_DISABLE_PLUGIN_CACHE_ENV", "1");
        environment.put("DISABLE_VERSION_CHECK", "1");
        return environment;
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** What the launcher needs, so that it has nothing to build: a build in a copy would take minutes. */
    private static void copyProject() throws IOException {
        TerraformRunner.delete(WORK);
        for (String part : List.of(
                "README.md",
                "eks-platform",
                "cdktf.json",
                "package.json",
                "package-lock.json",
                ".npmrc",
                "pom.xml",
                "stacks",
                "policies",
                "src/main",
                "bindings",
                "target/lib",
                "target/classpath",
                "target/eks-platform-0.1.0.jar")) {
            copy(PROJECT.resolve(part), WORK.resolve(part));
        }
        Files.setLastModifiedTime(
                WORK.resolve("target/eks-platform-0.1.0.jar"), FileTime.fromMillis(System.currentTimeMillis()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }
}
