package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.bucket.BucketCreation;
import dev.eksplatform.internal.bucket.BucketOptions;
import dev.eksplatform.internal.bucket.StateBucket;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bucket of states is created once, found as it is afterwards, and changed with consent only. */
@RequiresPrograms({"terraform", "python3"})
class StateBucketIT {

    private static final BucketOptions OPTIONS = new BucketOptions(90, Optional.empty());
    private static final String XMLNS = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    @TempDir
    private Path folder;

    private record Run(boolean good, String out) {}

    /** Terraform with the account of moto, as a program of its own. */
    private Path terraform(Moto aws) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        TerraformRunner.environment(folder, aws).forEach((name, value) -> {
            if (name.matches("(AWS|TF|CHECKPOINT)_.*")) {
                script.append("export %s='%s'\n".formatted(name, value));
            }
        });
        Path program = Files.writeString(folder.resolve("terraform.sh"), script + "exec terraform \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }

    private Run run(Path terraform, boolean update) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                state: {s3: {bucket: shop-state, usePathStyle: true}}
                cluster: {existing: {name: shop}}
                """);
        StringWriter out = new StringWriter();
        boolean good = new BucketCreation(terraform.toString(), OPTIONS, update, false, new PrintWriter(out))
                .run(StateBucket.of(List.of(Environment.read(file))).get(0));
        return new Run(good, out.toString());
    }

    private static void put(Moto aws, String method, String query, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(aws.endpoint() + "/shop-state?" + query))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/s3/aws4_request, SignedHeaders=host,"
                                + " Signature=0")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    @Test
    void isCreatedComparedAndChanged() throws Exception {
        try (Moto aws = Moto.start("111122223333")) {
            Path terraform = terraform(aws);
            Run created = run(terraform, false);
            assertThat(created.out())
                    .startsWith("shop-state does not exist; it is created in eu-central-1\n")
                    .contains("Plan: 7 to add, 0 to change, 0 to destroy.", "Apply complete! Resources: 7 added");
            assertThat(created.good()).isTrue();

            put(
                    aws,
                    "PUT",
                    "versioning",
                    "<VersioningConfiguration " + XMLNS + "><Status>Suspended</Status></VersioningConfiguration>");
            put(aws, "DELETE", "publicAccessBlock", "");
            Run different = run(terraform, false);
            assertThat(different).isEqualTo(new Run(false, """
                            shop-state exists, without 2 settings of a bucket of states:
                              public access: not blocked; wanted: blocked in all four ways
                              versioning: off; wanted: on
                            Nothing was changed; --update changes them
                            """));

            Run updated = run(terraform, true);
            assertThat(updated.out()).contains("Plan: 2 to add, 0 to change, 0 to destroy.");
            assertThat(updated.good()).isTrue();
            assertThat(run(terraform, false))
                    .isEqualTo(new Run(true, "shop-state exists, with all settings of a bucket of states\n"));
        }
    }
}
