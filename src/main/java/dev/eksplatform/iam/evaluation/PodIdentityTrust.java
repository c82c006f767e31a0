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

    /** Keys of {@code aws:} and {@code sts:} that a request of a service for a pod does not carry, but for its own tags. */
    private static final List<String> MISSING = List.of(
            "aws:requesttag/",
            "aws:principaltag/",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principalorg",
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
                add(each.requestKey(), sample(each), form(each));
            }
        }
        add(SOURCE, sample(PodIdentityTag.CLUSTER_ARN), form(PodIdentityTag.CLUSTER_ARN));
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

    private void add(String key, String sample, Predicate<String> form) {
        List<String> possible = new ArrayList<>();
        possible.add(sample);
        Set<String> named = new LinkedHashSet<>(assume.named(key, List.of("any", sample)));
        named.addAll(tag.named(key, List.of("any", sample)));
        named.stream()
                .filter(value -> TerraformTemplate.isOpen(value) || form.test(value))
                .forEach(possible::add);
        values.put(key, possible);
    }

    private static String sample(PodIdentityTag tag) {
        return tag == PodIdentityTag.CLUSTER_ARN ? "arn:aws:eks:any:111122223333:cluster/any" : "any";
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
