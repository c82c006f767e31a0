package dev.eksplatform.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of resource types fits the table of actions. */
class ResourceTableTest {

    static List<String> services() {
        return ActionTable.get().services().stream()
                .filter(service -> ResourceTable.service(service).isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("services")
    void itsActionsAreThoseOfTheTableOfActions(String name) {
        ActionTable.Service actions = ActionTable.get().service(name).orElseThrow();
        ResourceTable.Service service =
                ResourceTable.service(name.toUpperCase(Locale.ROOT)).orElseThrow();

        assertThat(service.actions().keySet()).allMatch(actions::has).noneMatch(actions::hasNoResource);
        assertThat(service.types()).allSatisfy(type -> assertThat(type.arns(Partition.AWS_CN))
                .isNotEmpty()
                .allMatch(arn -> arn.startsWith("arn:aws-cn:")));
        assertThat(service.keys().values()).isSubsetOf("String", "Bool", "Numeric", "Date", "ARN", "IPAddress");
        assertThat(service.actions().values())
                .allSatisfy(use ->
                        assertThat(use.types()).containsAll(use.required()).isNotEmpty());
    }

    @Test
    void thePlatformsServicesAreThere() {
        assertThat(services())
                .contains(
                        "s3",
                        "sqs",
                        "sns",
                        "dynamodb",
                        "kms",
                        "secretsmanager",
                        "ssm",
                        "ecr",
                        "ec2",
                        "eks",
                        "iam",
                        "sts")
                .hasSizeGreaterThan(100);
        assertThat(ResourceTable.service("s3").orElseThrow().actions())
                .hasEntrySatisfying("getobject", use -> assertThat(use.types())
                        .extracting(ResourceTable.Type::name)
                        .containsExactly("accesspointobject", "object"));
        assertThat(ResourceTable.service("s3").orElseThrow().keys())
                .containsAllEntriesOf(Map.of("s3:prefix", "String", "s3:max-keys", "Numeric"));
    }
}
