package dev.eksplatform.internal.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.iam.evaluation.AccessRequest;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.ProblemsOf;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The environments of {@code cases/iam/environments}: what their policies decide, and what AWS would not save. */
class AccessCasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/iam/environments");

    @ParameterizedTest(name = "{0}: {1} on {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            incomplete     | s3:GetObject    | arn:aws:s3:::reports/a                 | denied
            denyone        | s3:GetObject    | arn:aws:s3:::secret/a                  | denied
            denyone        | s3:GetObject    | arn:aws:s3:::reports/a                 | allowed
            denyone        | s3:GetObject    | arn:aws:s3:::secret/*                  | denied
            denyone        | s3:GetObject    | arn:aws:s3:::secret*                   | cannot be decided
            denyone        | s3:GetObject    | *                                      | cannot be decided
            varbeforefifth | sqs:SendMessage | arn:aws:sqs:eu-central-1:111122223333:q | denied
            regioncond     | s3:GetObject    | arn:aws:s3:::reports/a                 | allowed
            noversionvar   | s3:GetObject    | arn:aws:s3:::b/shop/a                  | cannot be decided
            noversionvar   | s3:GetObject    | arn:aws:s3:::c/shop/a                  | denied
            """)
    void decisions(String environment, String action, String resource, String expected) {
        RoleAccess role = AccessExplanation.of(
                        Environment.read(CASES.resolve(environment + ".yaml")).resolved())
                .of(ServiceAccountName.parse("shop/orders"));
        AccessRequest request =
                new AccessRequest(action, resource, role.session().context(action, resource));

        assertThat(role.decide(request).verdict().text()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            badarn           | 13:92  | Resource: "arn:aws:s3:::" has no resource
            badsid           | 13:104 | Sid: the Sid "a b"
            emptycondition   | 13:144 | StringEquals["aws:username"]: aws:username is empty
            emptynotresource | 13:95  | NotResource: NotResource is empty
            emptystatement   | 13:41  | Statement: no statement
            noarn            | 13:92  | Resource: "my-bucket/*" is not an ARN
            starservice      | 13:72  | Action: "*:GetObject" has a wildcard in its service
            """)
    void errors(String environment, String place, String found) {
        Path file = CASES.resolve(environment + ".yaml");
        assertThat(ProblemsOf.making(() -> Environment.read(file).resolved()))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith(file + ":" + place).contains(found));
    }
}
