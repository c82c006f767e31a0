package dev.eksplatform.identity;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ServiceAccount of an identity has besides its name and its role.
 *
 * @param labels its labels; default none
 * @param annotations its annotations, such as {@code eks.amazonaws.com/token-expiration}; default none. The platform sets {@code
 *     eks.amazonaws.com/role-arn} itself
 * @param imagePullSecrets names of Secrets of its namespace with which its pods pull images; default none
 * @param automountToken whether its pods get a token for the API server unless they say otherwise; default that of Kubernetes, true
 */
@RecordBuilder
public record ServiceAccountSettings(
        @Example("{team: shop}") @Limit(keys = LabelGrammar.KEY_PATTERN, pattern = LabelGrammar.VALUE_PATTERN)
        Map<String, String> labels,

        @Example("{eks.amazonaws.com/token-expiration: \"43200\"}") @Limit(keys = LabelGrammar.KEY_PATTERN)
        Map<String, String> annotations,

        @Example("[registry]") @Limit(pattern = ServiceAccountSettings.SECRET, unique = true)
        List<String> imagePullSecrets,

        @Example("false") Optional<Boolean> automountToken)
        implements ServiceAccountSettingsBuilder.With {

    private static final String SECRET = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";

    /** The annotation with the audience of the token for AWS, which the role's trust policy names. */
    private static final String AUDIENCE_ANNOTATION = "eks.amazonaws.com/audience";

    /** Checks names, labels and annotations. */
    public ServiceAccountSettings {
        labels = Components.map("labels", labels);
        annotations = Components.map("annotations", annotations);
        imagePullSecrets = Components.list("imagePullSecrets", imagePullSecrets);
        Problems problems = new Problems();
        LabelGrammar.check(PropertyPath.of("labels"), labels, problems);
        for (String key : annotations.keySet()) {
            PropertyPath where = PropertyPath.of("annotations", key);
            LabelGrammar.annotationKey(key).ifPresent(problem -> problems.add(problem.at(Place.of(where))));
            if (key.equals(Identity.ROLE_ANNOTATION)) {
                problems.add(
                        where,
                        "the annotation with the role, which the platform sets",
                        "remove it; name a role that exists in role of the identity");
            } else if (key.equals(AUDIENCE_ANNOTATION)) {
                problems.add(
                        where,
                        "another audience than the role trusts, which is sts.amazonaws.com",
                        "remove it; project tokens for other audiences in the pods");
            }
        }
        problems.once(PropertyPath.of("imagePullSecrets"), imagePullSecrets, "Secret");
        for (int i = 0; i < imagePullSecrets.size(); i++) {
            if (!DnsName.isSubdomain(imagePullSecrets.get(i))) {
                problems.add(
                        PropertyPath.of("imagePullSecrets").index(i),
                        "\"" + imagePullSecrets.get(i) + "\" is not the name of a Secret",
                        "at most 253 of a-z, 0-9, - and ., a letter or digit at both ends",
                        "write it like registry");
            }
        }
        problems.throwIfAny();
    }

    /**
     * Name and role only.
     *
     * @return the defaults
     */
    @Defaults
    public static ServiceAccountSettings none() {
        return new ServiceAccountSettings(Map.of(), Map.of(), List.of(), Optional.empty());
    }

    /** Whether it has something that only whoever creates a ServiceAccount can set. */
    boolean needsCreation() {
        return !labels.isEmpty() || !imagePullSecrets.isEmpty() || automountToken.isPresent();
    }
}
