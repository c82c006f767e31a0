package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Difference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** User data is shown decoded and masked. */
class UserDataInReviewTest {

    private static final String BEFORE = "#!/bin/bash\nexport DB_PASSWORD=old-9Zk2\n/etc/eks/bootstrap.sh a\n";
    private static final String AFTER = "#!/bin/bash\nexport DB_PASSWORD=new-7Qm4\n/etc/eks/bootstrap.sh b\n";
    private static final String SHOWN = "#!/bin/bash\nexport DB_PASSWORD=(sensitive)\n/etc/eks/bootstrap.sh ";

    private static List<Difference> differences(String before, String after) {
        StackEvidence stack = StackEvidence.planned(
                "s",
                PlanBuilder.empty()
                        .update("aws_launch_template.t", Map.of("user_data", before), Map.of("user_data", after))
                        .build());
        return Reviewer.review(List.of(stack), List.of())
                .groups()
                .get(0)
                .changes()
                .get(0)
                .differences();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return base64(bytes.toByteArray());
    }

    @Test
    void inBase64() {
        assertThat(differences(base64(BEFORE), base64(AFTER)))
                .containsExactly(new Difference("user_data", SHOWN + "a\n", SHOWN + "b\n", false));
    }

    @Test
    void compressed() throws Exception {
        assertThat(differences(zipped(BEFORE), zipped(AFTER)))
                .containsExactly(new Difference("user_data", SHOWN + "a\n", SHOWN + "b\n", false));
    }

    @Test
    void encodedAnotherWay() throws Exception {
        assertThat(differences(base64(BEFORE), zipped(BEFORE)))
                .containsExactly(
                        new Difference("user_data", "(encoded text)", "(the same text, encoded another way)", false));
    }
}
