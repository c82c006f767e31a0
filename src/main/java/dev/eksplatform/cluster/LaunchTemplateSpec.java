package dev.eksplatform.cluster;

import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Options of EC2 in the launch template of a group. A change replaces the nodes one after the other.
 *
 * @param cpuOptions cores and threads of the processors; default all of them
 * @param cpuCredits whether burstable types (T3 and the like) may use more than their credits, which is charged; default
 *     that of the account
 * @param enclaves whether AWS Nitro Enclaves can run on the nodes; default false
 * @param autoRecovery whether EC2 recovers an instance whose hardware fails; default true
 * @param detailedMonitoring whether CloudWatch has metrics of the instances each minute, which is charged; default false
 * @param licenseConfigurationArns license configurations of AWS License Manager; default none
 * @param privateDnsNameOptions the host names of the nodes; default what their subnet says
 */
@RecordBuilder
public record LaunchTemplateSpec(
        @Example("{coreCount: 2, threadsPerCore: 1}") Optional<CpuOptions> cpuOptions,

        @Example("standard") Optional<CpuCredits> cpuCredits,

        @Example("true") boolean enclaves,

        @Example("false") boolean autoRecovery,

        @Example("true") boolean detailedMonitoring,

        @Example(
                "['arn:aws:license-manager:eu-central-1:111122223333:license-configuration:lic-0123456789abcdef0123456789abcdef']")
        @Limit(pattern = GivenId.LICENSE_PATTERN, unique = true)
        List<String> licenseConfigurationArns,

        @Example("{hostnameType: resource-name}") Optional<PrivateDnsNameOptions> privateDnsNameOptions)
        implements LaunchTemplateSpecBuilder.With {

    /** What burstable types do without credits. */
    public enum CpuCredits {
        /** They are slowed down to their baseline. */
        STANDARD,
        /** They go on, and the surplus is charged. */
        UNLIMITED
    }

    /**
     * Cores and threads of an instance. Source: <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-optimize-cpu.html">CPU options</a>.
     *
     * @param coreCount the number of cores, one that each instance type of the group accepts; default all
     * @param threadsPerCore 1 turns multithreading off; default all
     * @param amdSevSnp whether memory is encrypted with AMD SEV-SNP, for M6a, C6a and R6a; default false
     */
    @RecordBuilder
    public record CpuOptions(
            @Example("2") @Limit(min = 1) Optional<Integer> coreCount,

            @Example("1") @Limit(min = 1, max = 2) Optional<Integer> threadsPerCore,

            @Example("true") boolean amdSevSnp)
            implements LaunchTemplateSpecCpuOptionsBuilder.With {

        /** Checks the numbers. */
        public CpuOptions {
            Problems problems = new Problems();
            coreCount
                    .filter(count -> count < 1)
                    .ifPresent(count -> problems.add("coreCount", count + " cores", "1 or more", "use 1"));
            threadsPerCore
                    .filter(count -> count < 1 || count > 2)
                    .ifPresent(count -> problems.add("threadsPerCore", count + " threads", "1 or 2", "use 1"));
            if (coreCount.isPresent() != threadsPerCore.isPresent()) {
                String missing = coreCount.isPresent() ? "threadsPerCore" : "coreCount";
                problems.add(
                        PropertyPath.of(missing),
                        "coreCount and threadsPerCore go together",
                        "add " + missing + (coreCount.isPresent() ? ": 1" : ""));
            }
            problems.throwIfAny();
        }

        /**
         * All cores and threads.
         *
         * @return the spec
         */
        @Defaults
        public static CpuOptions all() {
            return new CpuOptions(Optional.empty(), Optional.empty(), false);
        }
    }

    /** What the host name of an instance is made from. */
    public enum HostnameType {
        /** Its private IPv4 address. */
        IP_NAME,
        /** Its instance id. */
        RESOURCE_NAME
    }

    /**
     * The host names of the nodes.
     *
     * @param hostnameType what a host name is made from; default {@code ip-name}. In a subnet of IPv4 only, EC2 accepts
     *     {@code ip-name}
     * @param resourceNameDnsARecord whether the name with the instance id resolves to the IPv4 address; default false
     * @param resourceNameDnsAaaaRecord whether the name with the instance id resolves to the IPv6 address; default false
     */
    @RecordBuilder
    public record PrivateDnsNameOptions(
            @Example("resource-name") HostnameType hostnameType,

            @Example("true") boolean resourceNameDnsARecord,

            @Example("true") boolean resourceNameDnsAaaaRecord)
            implements LaunchTemplateSpecPrivateDnsNameOptionsBuilder.With {

        /**
         * Names with the IPv4 address.
         *
         * @return the spec
         */
        @Defaults
        public static PrivateDnsNameOptions standard() {
            return new PrivateDnsNameOptions(HostnameType.IP_NAME, false, false);
        }
    }

    private static final List<String> WITH_SEV_SNP = List.of("m6a.", "c6a.", "r6a.");

    /** Copies the list. */
    public LaunchTemplateSpec {
        licenseConfigurationArns = Components.list("licenseConfigurationArns", licenseConfigurationArns);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("licenseConfigurationArns"), licenseConfigurationArns, "license configuration");
        problems.throwIfAny();
    }

    /**
     * What EC2 does without any option.
     *
     * @return the spec
     */
    @Defaults
    public static LaunchTemplateSpec standard() {
        return new LaunchTemplateSpec(
                Optional.empty(), Optional.empty(), false, true, false, List.of(), Optional.empty());
    }

    /** Checks whether the instance types of a group have the options. */
    void check(List<String> instanceTypes, Optional<Architecture> architecture, Problems problems) {
        PropertyPath where = PropertyPath.of("launchTemplate");
        cpuOptions
                .filter(CpuOptions::amdSevSnp)
                .ifPresent(options -> each(
                        where.key("cpuOptions").key("amdSevSnp"),
                        instanceTypes,
                        type -> WITH_SEV_SNP.stream().noneMatch(type::startsWith),
                        "no AMD SEV-SNP",
                        "types of M6a, C6a and R6a",
                        problems));
        if (architecture.orElse(null) == Architecture.ARM64) {
            cpuOptions
                    .flatMap(CpuOptions::threadsPerCore)
                    .filter(threads -> threads > 1)
                    .ifPresent(threads -> problems.add(
                            where.key("cpuOptions").key("threadsPerCore"),
                            threads + " threads of an arm64 core",
                            "1: Graviton processors have no multithreading",
                            "use 1, or remove cpuOptions"));
        }
        cpuCredits.ifPresent(credits -> each(
                where.key("cpuCredits"),
                instanceTypes,
                type -> InstanceType.find(type).isPresent() && !type.matches("t[0-9][a-z]*\\..*"),
                "no CPU credits",
                "burstable types, such as t4g.large",
                problems));
        if (enclaves) {
            each(
                    where.key("enclaves"),
                    instanceTypes,
                    type -> InstanceFeature.ENCLAVES.of(type) == Truth.FALSE,
                    "no Nitro Enclaves",
                    "Nitro types of 4 vCPUs or more (Graviton and AMD: 2), not bare metal",
                    problems);
        }
    }

    private static void each(
            PropertyPath where,
            List<String> types,
            Predicate<String> lacks,
            String what,
            String allowed,
            Problems problems) {
        types.stream()
                .filter(lacks)
                .findFirst()
                .ifPresent(type ->
                        problems.add(where, type + " has " + what, allowed, "remove it, or use other instanceTypes"));
    }

    /** Its ids of what exists. */
    void ids(GivenId.Check ids) {
        for (int i = 0; i < licenseConfigurationArns.size(); i++) {
            ids.check(
                    PropertyPath.of("launchTemplate", "licenseConfigurationArns")
                            .index(i),
                    licenseConfigurationArns.get(i),
                    GivenId.LICENSE);
        }
    }
}
