package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.Partition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControllerTagsTest {

    private static Map<String, Object> values(HelmAddon addon, Map<String, String> tags) {
        return addon.values()
                .apply(new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(), tags));
    }

    @Test
    void loadBalancersGetTheTags() {
        LoadBalancerControllerSpec spec = LoadBalancerControllerSpec.standard();

        assertThat(values(
                        spec.resolve(TestAddons.AWS), Map.of("team", "shop", "note", "a: b", "k=", "v", "list", "a,b")))
                .containsEntry("defaultTags", Map.of("team", "shop"));
        assertThat(values(spec.resolve(TestAddons.AWS), Map.of())).doesNotContainKey("defaultTags");
        assertThat(values(
                        spec.withChart(spec.chart().withValues(Map.of("defaultTags", Map.of("team", "edge"))))
                                .resolve(TestAddons.AWS),
                        Map.of("team", "shop", "cost", "1")))
                .containsEntry("defaultTags", Map.of("team", "edge", "cost", "1"));
    }

    @Test
    void bucketsGetTheTagsBesideThoseOfAck() {
        AckControllerSpec spec = AckControllerSpec.standard();

        assertThat(values(
                        spec.resolve(AckService.S3, Partition.AWS),
                        Map.of("team", "shop", "formula", "a=b", "empty", "", "part", "5%")))
                .containsEntry(
                        "resourceTags",
                        List.of(
                                "services.k8s.aws/controller-version=%CONTROLLER_SERVICE%-%CONTROLLER_VERSION%",
                                "services.k8s.aws/namespace=%K8S_NAMESPACE%", "team=shop"));
        assertThat(values(spec.resolve(AckService.S3, Partition.AWS), Map.of())).doesNotContainKey("resourceTags");
        assertThat(values(
                        spec.withValues(Map.of("resourceTags", List.of("a=b"))).resolve(AckService.S3, Partition.AWS),
                        Map.of("team", "shop")))
                .containsEntry("resourceTags", List.of("a=b"));
    }
}
