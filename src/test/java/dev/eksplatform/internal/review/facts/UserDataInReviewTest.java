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

    private static String mime(String script, String config) {
        return """
                MIME-Version: 1.0
                Content-Type: multipart/mixed;
                 boundary="//"

                --//
                Content-Type: text/x-shellscript; charset="us-ascii"
                Content-Transfer-Encoding: base64

                %s
                --//
                Content-Type: text/cloud-config

                %s
                --//--
                """.formatted(script, config);
    }

    @Test
    void thePartsOfADocument() throws Exception {
        String config = "#cloud-config\npassword: c0nfig-5Rt8";
        String shown = mime("SCRIPT", "#cloud-config\npassword: (sensitive)").replace(": base64", ": base64 (decoded)");
        for (String before : List.of(mime(base64(BEFORE), config), mime(zipped(BEFORE), config))) {
            String wrapped = mime(base64(AFTER).replaceAll("(.{40})", "$1\n"), config);
            Difference expected = new Difference(
                    "user_data",
                    shown.replace("SCRIPT", SHOWN + "a\n").replace("a\n\n--", "a\n--"),
                    shown.replace("SCRIPT", SHOWN + "b\n").replace("b\n\n--", "b\n--"),
                    false);
            assertThat(differences(base64(before), base64(wrapped))).containsExactly(expected);
            assertThat(differences(zipped(before), base64(wrapped.replace("\n", "\r\n"))))
                    .containsExactly(expected);
            assertThat(differences(before, wrapped)).containsExactly(expected);
        }
    }

    @Test
    void partsThatAreNotTextOrNotWholeAreLeft() {
        String broken = mime("not base64 at all", "a").replace("--//--\n", "");
        assertThat(differences(base64(broken), base64(broken.replace("not base64", "no base64"))))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.after()).contains("no base64 at all", "Content-Transfer-Encoding: base64\n"));
    }

    @Test
    void encodedAnotherWay() throws Exception {
        assertThat(differences(base64(BEFORE), zipped(BEFORE)))
                .containsExactly(
                        new Difference("user_data", "(encoded text)", "(the same text, encoded another way)", false));
    }
}
