package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EksAddonTagsTest {

    private static final EksAddonSpec STANDARD = EksAddonSpec.standard();

    @Test
    void withoutTagsNothingChanges() {
        Map<EksAddonName, EksAddonSpec> addons = Map.of(EksAddonName.AWS_EBS_CSI_DRIVER, STANDARD);

        assertThat(EksAddonTags.add(addons, Map.of())).isEqualTo(addons);
    }

    @Test
    void volumesAndNetworkInterfacesAreTagged() {
        Map<EksAddonName, EksAddonSpec> tagged = EksAddonTags.add(
                Map.of(EksAddonName.AWS_EBS_CSI_DRIVER, STANDARD, EksAddonName.AWS_EFS_CSI_DRIVER, STANDARD),
                Map.of("team", "shop", "cost", "1"));

        assertThat(tagged.getOrDefault(EksAddonName.AWS_EBS_CSI_DRIVER, STANDARD)
                        .configuration())
                .isEqualTo(Map.of("controller", Map.of("extraVolumeTags", Map.of("team", "shop", "cost", "1"))));
        assertThat(tagged.getOrDefault(EksAddonName.VPC_CNI, STANDARD).configuration())
                .isEqualTo(Map.of("env", Map.of("ADDITIONAL_ENI_TAGS", "{\"cost\":\"1\",\"team\":\"shop\"}")));
        assertThat(tagged.get(EksAddonName.AWS_EFS_CSI_DRIVER)).isEqualTo(STANDARD);
    }

    @Test
    void theAddonsOwnConfigurationWins() {
        EksAddonSpec driver = EksAddonSpec.standard()
                .withVersion(EksAddonVersion.parse("v1.55.0-eksbuild.1"))
                .withConfiguration(
                        Map.of("controller", Map.of("extraVolumeTags", Map.of("team", "storage"), "replicaCount", 1L)));

        EksAddonSpec tagged = EksAddonTags.add(
                        Map.of(EksAddonName.AWS_EBS_CSI_DRIVER, driver), Map.of("team", "shop", "cost", "1"))
                .getOrDefault(EksAddonName.AWS_EBS_CSI_DRIVER, STANDARD);

        assertThat(tagged.version()).isEqualTo(driver.version());
        assertThat(tagged.configuration())
                .isEqualTo(Map.of(
                        "controller",
                        Map.of("extraVolumeTags", Map.of("team", "storage", "cost", "1"), "replicaCount", 1L)));
    }

    @Test
    void tagsThatADriverRefusesAreLeftOut() {
        Map<EksAddonName, EksAddonSpec> tagged = EksAddonTags.add(
                Map.of(EksAddonName.AWS_EBS_CSI_DRIVER, STANDARD),
                Map.of("kubernetes.io/x", "1", "CSIVolumeName", "2", "K\u00fcche", "3", "k8s.amazonaws.com/x", "4"));

        assertThat(tagged.getOrDefault(EksAddonName.AWS_EBS_CSI_DRIVER, STANDARD)
                        .configuration())
                .isEqualTo(Map.of("controller", Map.of("extraVolumeTags", Map.of("k8s.amazonaws.com/x", "4"))));
        assertThat(tagged.getOrDefault(EksAddonName.VPC_CNI, STANDARD)
                        .configuration()
                        .toString())
                .contains("kubernetes.io/x", "CSIVolumeName", "K\u00fcche")
                .doesNotContain("k8s.amazonaws.com");
    }
}
