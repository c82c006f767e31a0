package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether EKS Pod Identity can assume a role for some pod. Its requests have six session tags and the ARN of the cluster as
 * {@code aws:SourceArn}; it needs both {@code sts:AssumeRole} and {@code sts:TagSession}.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html">Trust policy required by EKS Pod
 *     Identity</a>
 */
final class PodIdentityTrust {

    private static final String SOURCE = "aws:SourceArn";
    private static final Pattern CLUSTER_ARN = Pattern.compile("arn:aws[a-z-]*:eks:[^:]+:[^:]+:cluster/[^/]+");
    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    /**
     * Keys of {@code aws:} and {@code sts:} that a request of a service for a pod does not carry, but for its own tags. It comes
     * from EKS itself, not from the pod's address or through an endpoint of its network.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global condition
     *     keys, availability</a>
     */
    private static final List<String> MISSING = List.of(
            "aws:requesttag/",
            "aws:principaltag/",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principalorg",
            "aws:multifactorauth",
            "aws:sourceip",
            "aws:sourcevpc",
            "aws:vpcsourceip",
            "aws:userid",
            "aws:username",
            "sts:externalid");

    /** More combinations of values are not tried. */
    private static final int MOST = 4096;

    private final ProbedTrust assume;
    private final ProbedTrust tag;
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /**
     * The trust in requests for some pods.
     *
     * @param tags the known values of session tags
     * @param tagged whether the requests have session tags
     */
    PodIdentityTrust(PolicyDocument policy, Map<PodIdentityTag, String> tags, boolean tagged) {
        Caller service = Caller.service(TrustPolicy.POD_IDENTITY_SERVICE);
        assume = new ProbedTrust(policy, null, service, "sts:AssumeRole", PodIdentityTrust::isFree);
        tag = new ProbedTrust(policy, null, service, "sts:TagSession", PodIdentityTrust::isFree);
        for (PodIdentityTag each : PodIdentityTag.values()) {
            if (tagged && tags.containsKey(each)) {
                values.put(each.requestKey(), List.of(Objects.requireNonNull(tags.get(each))));
            } else if (tagged) {
                add(each.requestKey(), each, tags);
            }
        }
        add(SOURCE, PodIdentityTag.CLUSTER_ARN, tags);
    }

    Truth usable() {
        int combinations = values.values().stream().mapToInt(List::size).reduce(1, (a, b) -> Math.min(a * b, MOST + 1));
        return combinations > MOST ? Truth.UNKNOWN : usable(new ArrayList<>(values.keySet()), Map.of(), Truth.TRUE);
    }

    private static boolean isFree(String key) {
        return ProbedTrust.startsWith(key, List.of("aws:", "sts:"))
                && !key.equalsIgnoreCase(SOURCE)
                && !ProbedTrust.startsWith(key, MISSING);
    }

    private void add(String key, PodIdentityTag kind, Map<PodIdentityTag, String> tags) {
        String sample = sample(kind, tags);
        List<String> fillers = List.of("any", "cluster/any", sample);
        Set<String> named = new LinkedHashSet<>(assume.named(key, fillers));
        named.addAll(tag.named(key, fillers));
        Set<String> possible = new LinkedHashSet<>(List.of(sample));
        named.stream()
                .filter(value -> TerraformTemplate.isOpen(value) || form(kind).test(value))
                .map(value -> kind == PodIdentityTag.CLUSTER_ARN ? ofCluster(value, tags) : value)
                .forEach(possible::add);
        values.put(key, List.copyOf(possible));
    }

    /** The ARN with the name of the cluster, when that is known. */
    private static String ofCluster(String arn, Map<PodIdentityTag, String> tags) {
        return cluster(tags)
                .filter(name -> !TerraformTemplate.isOpen(arn))
                .map(name -> arn.substring(0, arn.lastIndexOf('/') + 1) + name)
                .orElse(arn);
    }

    private static String sample(PodIdentityTag tag, Map<PodIdentityTag, String> tags) {
        return tag == PodIdentityTag.CLUSTER_ARN
                ? "arn:aws:eks:any:111122223333:cluster/" + cluster(tags).orElse("any")
                : "any";
    }

    /** The name of the cluster, when it is known. */
    private static Optional<String> cluster(Map<PodIdentityTag, String> tags) {
        return Optional.ofNullable(tags.get(PodIdentityTag.CLUSTER_NAME))
                .filter(name -> CLUSTER_NAME.matcher(name).matches());
    }

    private static Predicate<String> form(PodIdentityTag tag) {
        return switch (tag) {
            case CLUSTER_ARN -> value -> CLUSTER_ARN.matcher(value).matches();
            case CLUSTER_NAME -> value -> CLUSTER_NAME.matcher(value).matches();
            case NAMESPACE -> DnsName::isLabel;
            case SERVICE_ACCOUNT, POD_NAME -> DnsName::isSubdomain;
            case POD_UID -> value -> value.toLowerCase(Locale.ROOT).matches("[a-z0-9-]+");
        };
    }

    /** Tries every combination of the values of the remaining keys. */
    private Truth usable(List<String> keys, Map<String, Optional<String>> chosen, Truth certain) {
        if (keys.isEmpty()) {
            return assume.allows(chosen).and(tag.allows(chosen)).and(certain);
        }
        String key = keys.get(0);
        return Truth.any(values.getOrDefault(key, List.of()), value -> {
            Map<String, Optional<String>> more = new LinkedHashMap<>(chosen);
            more.put(key, Optional.of(value));
            boolean assumed = TerraformTemplate.isOpen(value)
                    && values.getOrDefault(key, List.of()).size() > 1;
            return usable(keys.subList(1, keys.size()), more, assumed ? Truth.UNKNOWN : certain);
        });
    }
}
