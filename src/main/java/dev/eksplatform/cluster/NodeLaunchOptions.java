package dev.eksplatform.cluster;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateCapacityReservationSpecification;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateCapacityReservationSpecificationCapacityReservationTarget;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateConfig;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateCpuOptions;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateCreditSpecification;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateEnclaveOptions;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateInstanceMarketOptions;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateLicenseSpecification;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateMaintenanceOptions;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateMonitoring;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateNetworkInterfaces;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplatePlacement;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplatePrivateDnsNameOptions;
import com.hashicorp.cdktf.providers.aws.placement_group.PlacementGroup;
import com.hashicorp.cdktf.providers.aws.placement_group.PlacementGroupConfig;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * What a launch template has only when a group asks for it: security groups and network interfaces, placement, reservation
 * and the options of {@link LaunchTemplateSpec}.
 */
final class NodeLaunchOptions {

    private final Construct group;
    private final String name;
    private final NodeGroupSpec spec;

    /**
     * The options of a group.
     *
     * @param group the construct of the group
     * @param name the name of the launch template
     * @param spec the group
     */
    NodeLaunchOptions(Construct group, String name, NodeGroupSpec spec) {
        this.group = group;
        this.name = name;
        this.spec = spec;
    }

    void add(LaunchTemplateConfig.Builder config, List<String> securityGroups) {
        if (spec.efa().isPresent()) {
            config.networkInterfaces(interfaces(spec.efa().get(), securityGroups));
        } else {
            config.vpcSecurityGroupIds(securityGroups);
        }
        placementGroup()
                .ifPresent(placement -> config.placement(
                        LaunchTemplatePlacement.builder().groupName(placement).build()));
        capacity(config);
        options(config, spec.launchTemplate());
    }

    /**
     * One interface on each card with EFA; the first interface of a node is on card 0, which on some types has no EFA. Source:
     * <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html">accelerated types with EFA</a>.
     */
    private List<LaunchTemplateNetworkInterfaces> interfaces(EfaSpec efa, List<String> securityGroups) {
        InstanceFeature.Cards cards = efa.cards(spec.instanceTypes().get(0)).orElseThrow();
        List<LaunchTemplateNetworkInterfaces> interfaces = new ArrayList<>();
        for (int card = 0; card <= cards.last(); card++) {
            String type = card < cards.first() ? "interface" : card > 0 && efa.efaOnly() ? "efa-only" : "efa";
            if (card == 0 || card >= cards.first()) {
                interfaces.add(LaunchTemplateNetworkInterfaces.builder()
                        .deviceIndex(card == 0 ? 0 : 1)
                        .networkCardIndex(card)
                        .interfaceType(type)
                        .securityGroups(securityGroups)
                        .associatePublicIpAddress("false")
                        .deleteOnTermination("true")
                        .build());
            }
        }
        return interfaces;
    }

    /** The name of the placement group. A Capacity Block is placed close together already. */
    private Optional<String> placementGroup() {
        Optional<PlacementGroupSpec> placement = spec.placementGroup();
        if (placement.isEmpty() && spec.efa().isPresent() && spec.capacity() != Capacity.CAPACITY_BLOCK) {
            placement = Optional.of(PlacementGroupSpec.of(PlacementGroupSpec.Strategy.CLUSTER));
        }
        return placement.map(
                given -> given.existing().map(TerraformText::escape).orElseGet(() -> create(given)));
    }

    /** A change replaces it before the old one is deleted, so its name has everything that cannot be changed. */
    private String create(PlacementGroupSpec placement) {
        String strategy = placement.strategy().orElseThrow().name().toLowerCase(Locale.ROOT);
        String partitions = placement.partitionCount().map(count -> "-" + count).orElse("");
        PlacementGroupConfig.Builder config = PlacementGroupConfig.builder()
                .name(name + "-" + strategy + partitions)
                .strategy(strategy)
                .lifecycle(TerraformResourceLifecycle.builder()
                        .createBeforeDestroy(true)
                        .build());
        placement.partitionCount().ifPresent(config::partitionCount);
        if (!spec.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(spec.tags()));
        }
        return new PlacementGroup(group, "placement-group", config.build()).getName();
    }

    private void capacity(LaunchTemplateConfig.Builder config) {
        if (spec.capacity() == Capacity.CAPACITY_BLOCK) {
            config.instanceMarketOptions(LaunchTemplateInstanceMarketOptions.builder()
                            .marketType("capacity-block")
                            .build())
                    .instanceType(spec.instanceTypes().get(0));
        }
        spec.capacityReservation().ifPresent(reservation -> {
            LaunchTemplateCapacityReservationSpecification.Builder specification =
                    LaunchTemplateCapacityReservationSpecification.builder();
            reservation
                    .preference()
                    .ifPresent(preference -> specification.capacityReservationPreference(
                            preference.name().toLowerCase(Locale.ROOT).replace('_', '-')));
            if (reservation.preference().isEmpty()) {
                LaunchTemplateCapacityReservationSpecificationCapacityReservationTarget.Builder target =
                        LaunchTemplateCapacityReservationSpecificationCapacityReservationTarget.builder();
                reservation.id().ifPresent(target::capacityReservationId);
                reservation.resourceGroupArn().ifPresent(target::capacityReservationResourceGroupArn);
                specification.capacityReservationTarget(target.build());
            }
            config.capacityReservationSpecification(specification.build());
        });
    }

    private static void options(LaunchTemplateConfig.Builder config, LaunchTemplateSpec options) {
        options.cpuOptions().ifPresent(cpu -> {
            LaunchTemplateCpuOptions.Builder builder = LaunchTemplateCpuOptions.builder();
            cpu.coreCount().ifPresent(builder::coreCount);
            cpu.threadsPerCore().ifPresent(builder::threadsPerCore);
            if (cpu.amdSevSnp()) {
                builder.amdSevSnp("enabled");
            }
            config.cpuOptions(builder.build());
        });
        options.cpuCredits()
                .ifPresent(credits -> config.creditSpecification(LaunchTemplateCreditSpecification.builder()
                        .cpuCredits(credits.name().toLowerCase(Locale.ROOT))
                        .build()));
        if (options.enclaves()) {
            config.enclaveOptions(
                    LaunchTemplateEnclaveOptions.builder().enabled(true).build());
        }
        if (!options.autoRecovery()) {
            config.maintenanceOptions(LaunchTemplateMaintenanceOptions.builder()
                    .autoRecovery("disabled")
                    .build());
        }
        if (options.detailedMonitoring()) {
            config.monitoring(LaunchTemplateMonitoring.builder().enabled(true).build());
        }
        if (!options.licenseConfigurationArns().isEmpty()) {
            config.licenseSpecification(options.licenseConfigurationArns().stream()
                    .map(arn -> LaunchTemplateLicenseSpecification.builder()
                            .licenseConfigurationArn(arn)
                            .build())
                    .toList());
        }
        options.privateDnsNameOptions()
                .ifPresent(names -> config.privateDnsNameOptions(LaunchTemplatePrivateDnsNameOptions.builder()
                        .hostnameType(names.hostnameType()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'))
                        .enableResourceNameDnsARecord(names.resourceNameDnsARecord())
                        .enableResourceNameDnsAaaaRecord(names.resourceNameDnsAaaaRecord())
                        .build()));
    }

    /** The tags of instances, volumes and network interfaces. */
    static Map<String, String> tags(String name, NodeGroupSpec spec, Map<String, String> common) {
        Map<String, String> tags = new TreeMap<>(TerraformText.escapeTexts(common));
        tags.putAll(TerraformText.escapeTexts(spec.tags()));
        tags.put("Name", spec.instanceName().map(TerraformText::escape).orElse(name));
        return tags;
    }
}
