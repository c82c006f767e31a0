package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.stack.Synthesis;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Records the plans in {@code src/test/resources/plans/recorded}, whose README says what each shows. A program to run by hand after an
 * update of Terraform or the AWS provider, in the project's folder; not part of the build.
 *
 * <p>Arguments: the cases to record; all of them when there is none. Those of Kubernetes and Helm need the {@link StandInProviders}.
 */
public final class RecordPlans {

    private static final Path RECORDED = Path.of("src/test/resources/plans/recorded");
    private static final Path WORK = Path.of("target", "recorded-plans");
    private static final Path INGRESS = Path.of("stacks/ingress.yaml");
    private static final Path UPGRADE = Path.of("src/test/resources/terraform/upgrade.yaml");
    private static final String ACCOUNT = "111122223333";
    private static final String RECORDED_AT = "2026-01-01T00:00:00Z";
    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordPlans() {}

    /** Records. */
    public static void main(String[] cases) throws IOException {
        for (String one : cases.length == 0 ? all() : List.of(cases)) {
            System.err.println("recording " + one);
            try (Moto aws = Moto.start(ACCOUNT)) {
                if (one.equals("ingress")) {
                    recordIngress(aws);
                } else if (one.equals("upgrade")) {
                    recordUpgrade(aws);
                } else if (one.startsWith("kubernetes-")) {
                    StandInProviders.instead(() -> record(one, aws));
                } else {
                    record(one, aws);
                }
            }
        }
        recordOtherFormats();
    }

    private static List<String> all() throws IOException {
        try (Stream<Path> folders = Files.list(RECORDED)) {
            return Stream.concat(
                            folders.filter(Files::isDirectory)
                                    .map(folder -> folder.getFileName().toString())
                                    .sorted(),
                            Stream.of("ingress", "upgrade"))
                    .toList();
        }
    }

    /** {@code before.tf} is applied, then others apply {@code others.tf} with a state of theirs, then {@code after.tf} is planned. */
    private static void record(String one, Moto aws) throws IOException {
        Path folder = RECORDED.resolve(one);
        Path before = folder.resolve("before.tf");
        Path after = folder.resolve("after.tf");
        Path others = folder.resolve("others.tf");
        boolean applied = Files.exists(before);
        TerraformRunner terraform = TerraformRunner.of("record-" + one, applied ? before : after, aws);
        terraform.init();
        if (applied) {
            terraform.apply();
            terraform.replaceStack(after);
        }
        if (Files.exists(others)) {
            TerraformRunner other = TerraformRunner.of("record-" + one + "-others", others, aws);
            other.init();
            other.apply();
        }
        if (one.equals("errored")) {
            terraform.planFailing();
        } else {
            terraform.plan();
        }
        write(one, terraform.showJson());
    }

    /** The infrastructure of {@code stacks/ingress.yaml}: made, and then with other instances and another block that may reach the API server. */
    private static void recordIngress(Moto aws) throws IOException {
        String file = Files.readString(INGRESS);
        Path made = infrastructure("made", withoutWorkloads(file));
        Path changed = infrastructure(
                "changed",
                replace(
                        replace(withoutWorkloads(file), "m7g.large", "m7g.xlarge"),
                        "203.0.113.0/24",
                        "198.51.100.0/24"));
        TerraformRunner terraform = TerraformRunner.of("record-ingress", made, aws);
        terraform.init();
        terraform.plan();
        write("ingress-create", terraform.showJson());
        terraform.apply();
        terraform.replaceStack(changed);
        terraform.plan();
        write("ingress-update", terraform.showJson());
    }

    /** An environment whose Kubernetes version is raised, with node groups and add-ons that follow. */
    private static void recordUpgrade(Moto aws) throws IOException {
        String file = Files.readString(UPGRADE);
        Path made = infrastructure("before", file);
        Path changed = infrastructure("after", replace(file, "version: \"1.35\"", "version: \"1.36\""));
        TerraformRunner terraform = TerraformRunner.of("record-upgrade", made, aws);
        terraform.init();
        terraform.apply();
        terraform.replaceStack(changed);
        terraform.plan();
        write("upgrade", terraform.showJson());
    }

    /** Only the infrastructure counts, and workloads are files. */
    private static String withoutWorkloads(String file) {
        return replace(file, "workloads:\n  manifests: [sample-app/*.yaml]\n", "");
    }

    private static Path infrastructure(String name, String text) throws IOException {
        Path folder = WORK.resolve(name);
        TerraformRunner.delete(folder);
        Files.createDirectories(folder);
        Environment environment = Environment.read(Files.writeString(folder.resolve("environment.yaml"), text));
        Synthesis.write(List.of(environment), folder.resolve("cdktf.out"));
        return folder.resolve(
                "cdktf.out/stacks/" + environment.resolved().spec().environment() + "-infrastructure/cdk.tf.json");
    }

    private static String replace(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new IllegalStateException("the environment has no " + what);
        }
        return text.replace(what, by);
    }

    /** What no Terraform writes yet: a plan of a newer format. */
    private static void recordOtherFormats() throws IOException {
        ObjectNode plan = read("update");
        write("newer-minor", plan.deepCopy().put("format_version", "1.99"));
        write("newer-major", plan.deepCopy().put("format_version", "2.0"));
    }

    private static ObjectNode read(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(RECORDED.resolve(name + ".json.gz")))) {
            return (ObjectNode) JSON.readTree(in);
        }
    }

    private static void write(String name, JsonNode plan) throws IOException {
        ((ObjectNode) plan).put("timestamp", RECORDED_AT);
        String text = JSON.writeValueAsString(plan);
        for (Path machine : List.of(Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home")))) {
            if (text.contains(machine + "/")) {
                throw new IllegalStateException("the plan " + name + " names " + machine);
            }
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(RECORDED.resolve(name + ".json.gz")))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
