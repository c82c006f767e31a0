package dev.eksplatform.internal.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.identity.ServiceAccountName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The output shown in docs/identity.md is the real one. */
class IdentityDocumentTest {

    @Test
    void theOutputShownIsReal() throws IOException {
        AccessExplanation access = AccessExplanation.of(
                Environment.read(Path.of("stacks/irsa-workshop.yaml")).resolved());

        assertThat(Files.readString(Path.of("docs/identity.md")))
                .contains(access.text())
                .contains(access.answers(
                        ServiceAccountName.parse("default/iam-test"),
                        List.of("s3:ListAllMyBuckets", "ec2:DescribeInstances"),
                        "*",
                        List.of()))
                .contains(AccessExplanation.of(Environment.read(Path.of("stacks/ostoy-eks.yaml"))
                                .resolved())
                        .answers(
                                ServiceAccountName.parse("ostoy-demo/ostoy-sa"),
                                List.of("s3:PutObject"),
                                "*",
                                List.of())
                        .split("\n\n")[0]);
    }
}
