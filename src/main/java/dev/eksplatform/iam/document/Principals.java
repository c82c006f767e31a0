package dev.eksplatform.iam.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who a statement of a trust or resource policy is about: {@code Principal}, or with {@code except} everybody else
 * ({@code NotPrincipal}).
 *
 * @param except true for {@code NotPrincipal}
 * @param byKind principals by kind ({@code AWS}, {@code Service}, {@code Federated}, {@code CanonicalUser}), in the order of
 *     the document; the document's bare {@code "*"} is {@code AWS: ["*"]}, which means the same
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
 */
public record Principals(boolean except, Map<String, List<String>> byKind) {

    /** The kinds of principal, as written in a document. */
    public static final List<String> KINDS = List.of("AWS", "Service", "Federated", "CanonicalUser");

    /** Keeps a copy in the given order. */
    public Principals {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        byKind.forEach((kind, values) -> copy.put(kind, List.copyOf(values)));
        byKind = Collections.unmodifiableMap(copy);
    }

    /**
     * Principals of one kind.
     *
     * @param kind one of {@link #KINDS}
     * @param values the principals
     * @return those principals
     */
    public static Principals of(String kind, String... values) {
        return new Principals(false, Map.of(kind, List.of(values)));
    }

    /**
     * AWS services.
     *
     * @param names service principals such as {@code pods.eks.amazonaws.com}
     * @return those services
     */
    public static Principals services(String... names) {
        return of("Service", names);
    }

    /**
     * A provider of web identities or SAML assertions.
     *
     * @param providerArn the provider's ARN, may be a Terraform reference
     * @return that provider
     */
    public static Principals federated(String providerArn) {
        return of("Federated", providerArn);
    }

    /**
     * Each principal with its kind.
     *
     * @return one entry a principal, in order
     */
    public List<Map.Entry<String, String>> each() {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        byKind.forEach((kind, values) -> values.forEach(value -> all.add(Map.entry(kind, value))));
        return all;
    }

    /**
     * One principal in words.
     *
     * @param kind one of {@link #KINDS}
     * @param name the principal
     * @return such as {@code the service pods.eks.amazonaws.com}
     */
    public static String words(String kind, String name) {
        return switch (kind) {
            case "Service" -> "the service " + name;
            case "Federated" -> "holders of a token of " + name;
            default -> name.equals("*") ? "everyone" : name;
        };
    }

    /** In words, such as {@code the service ec2.amazonaws.com, 111122223333} or {@code everyone but 111122223333}. */
    @Override
    public String toString() {
        String named =
                each().stream().map(one -> words(one.getKey(), one.getValue())).collect(Collectors.joining(", "));
        return except ? "everyone but " + named : named;
    }
}
