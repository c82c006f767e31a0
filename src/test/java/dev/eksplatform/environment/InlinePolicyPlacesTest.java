package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error in a policy names its line and column in the environment file, however the policy is written there. */
class InlinePolicyPlacesTest {

    private static final String ENVIRONMENT = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            cluster: {existing: {name: shop, oidc: {existing: true}}}
            """;
    private static final String FOUND = ".policy.%s: Effect is the text \"allow\"; allowed: Allow or Deny"
            + " (case-sensitive); fix: did you mean Allow?";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            block     | 9:19  | Statement[0].Effect | `identities:
              shop/a:
                policy:
                  Statement:
                    - Effect: allow
                      Action: s3:GetObject
                      Resource: "*"`
            one line  | 6:41  | Statement.Effect    | `identities:
              shop/a: {policy: {Statement: {Effect: allow, Action: "s3:GetObject", Resource: "*"}}}`
            JSON      | 10:20 | Statement[0].Effect | `identities:
              shop/a:
                policy:
                  {"Version": "2012-10-17",
                   "Statement": [{
                     "Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}]}`
            quoted    | 9:20  | Statement[0].Effect | `identities:
              shop/a:
                policy:
                  Statement:
                    - {Effect: "allow", Action: "s3:GetObject", Resource: "*"}`
            """)
    void whateverTheStyle(String style, String position, String property, String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), ENVIRONMENT + yaml + "\n");

        assertThat(ProblemsOf.making(() -> Environment.read(file)))
                .as(style)
                .containsExactly(file + ":" + position + " identities[\"shop/a\"]" + FOUND.formatted(property));
    }
}
