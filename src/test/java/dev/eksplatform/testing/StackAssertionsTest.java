package dev.eksplatform.testing;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.provider.AwsProviderConfig;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.NetworkSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackAssertionsTest {

    private static final String STACK = """
            {"resource": {
              "aws_subnet": {
                "a": {"cidr_block": "10.0.0.0/24", "tags": {"kubernetes.io/role/elb": "1"}, "vpc_id": "${aws_vpc.v.id}"},
                "b": {"cidr_block": "10.0.1.0/24", "tags": {"Name": "b"}, "depends_on": ["aws_vpc.v"]}},
              "aws_iam_role": {
                "r": {"name": "r", "assume_role_policy": "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": []}"}},
              "aws_vpc": {"v": {"ids": [{"n": 1}, {"n": 2}], "on": true}}},
             "data": {"aws_region": {"region": {}}}}
            """;

    private static SynthesizedStackAssert stack() {
        return assertThat(PlanFiles.synthesized("shop", STACK));
    }

    @Test
    void theExampleOfTheDocumentationHolds() {
        App app = StackAssertions.app();
        TerraformStack stack = new TerraformStack(app, "shop");
        new AwsProvider(
                stack, "aws", AwsProviderConfig.builder().region("eu-central-1").build());
        new Network(stack, "network", NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b"));

        assertThat(stack)
                .hasResource("aws_vpc")
                .withAttribute("cidr_block", "10.20.0.0/16")
                .and()
                .hasResources("aws_subnet", 4)
                .hasNoResource("aws_instance");
    }

    @Test
    void attributesNarrowTheResources() {
        stack().hasResource("aws_subnet")
                .withAttribute("cidr_block", "10.0.1.0/24")
                .withAttribute("tags.Name", "b")
                .withoutAttribute("vpc_id")
                .dependingOn("aws_vpc.v");
        stack().hasResource("aws_subnet")
                .withAttribute("tags[\"kubernetes.io/role/elb\"]", "1")
                .withAttribute("vpc_id", "${aws_vpc.v.id}");
    }

    @Test
    void eachResourceOfATypeCanBeAskedFor() {
        stack().allResources("aws_subnet").withoutAttribute("availability_zone");
        assertThatThrownBy(() -> stack().allResources("aws_subnet").withAttribute("tags.Name", "b"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "not every aws_subnet with tags.Name = \"b\", but%n  a: no tags.Name%n  b: tags.Name = \"b\""
                                .formatted());
        assertThatThrownBy(() -> stack().allResources("aws_instance"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("stack shop has no resource of type aws_instance");
    }

    @Test
    void listsMapsNumbersAndTruthValuesCompareByValue() {
        stack().hasResource("aws_vpc")
                .withAttribute("ids[1].n", 2)
                .withAttribute("ids", List.of(Map.of("n", 1), Map.of("n", 2)))
                .withAttribute("on", true);
    }

    @Test
    void aDocumentInATextComparesAsJson() {
        stack().hasResource("aws_iam_role")
                .withJson("assume_role_policy", "{\"Statement\":[], \"Version\":\"2012-10-17\"}");
        assertThatThrownBy(() -> stack().hasResource("aws_iam_role").withJson("name", "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no aws_iam_role with the JSON document name = {}, but%n  r: name = \"r\"".formatted());
    }

    @Test
    void dataSourcesAreNotResources() {
        stack().hasDataSource("aws_region");
        assertThatThrownBy(() -> stack().hasResource("aws_region"))
                .isInstanceOf(AssertionError.class)
                .hasMessage(
                        "stack shop has no resource of type aws_region; it has [aws_iam_role, aws_subnet, aws_vpc]");
        assertThatThrownBy(() -> stack().hasDataSource("aws_vpc"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("stack shop has no data source of type aws_vpc; it has [aws_region]");
    }

    @Test
    void aWrongAttributeShowsWhatEachResourceHas() {
        assertThatThrownBy(() -> stack().hasResource("aws_subnet").withAttribute("tags.Name", "c"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no aws_subnet with tags.Name = \"c\", but%n  a: no tags.Name%n  b: tags.Name = \"b\""
                        .formatted());
    }

    @Test
    void attributesOfDifferentResourcesDoNotAddUp() {
        assertThatThrownBy(() -> stack().hasResource("aws_subnet")
                        .withAttribute("cidr_block", "10.0.0.0/24")
                        .withAttribute("tags.Name", "b"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("no aws_subnet with tags.Name = \"b\", but%n  a: no tags.Name".formatted());
    }

    @Test
    void anUnwantedResourceIsNamed() {
        assertThatThrownBy(() -> stack().hasNoResource("aws_vpc"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("stack shop has 1 resources of type aws_vpc instead of 0: [aws_vpc.v]");
    }

    @Test
    void aWrongPathIsRefusedInsteadOfFoundMissing() {
        assertThatThrownBy(() -> stack().hasResource("aws_vpc").withoutAttribute("ids[x]"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a path of an attribute: \"ids[x]\"");
        assertThat(stack()).isNotNull();
    }
}
