package dev.eksplatform.internal.kubernetes;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The labels by which a Namespace chooses a level of the Pod Security Standards. The API server refuses others.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces">Pod
 *     Security Admission labels for namespaces</a>
 */
public final class PodSecurityLabel {

    private static final Pattern LEVEL = Pattern.compile("pod-security\\.kubernetes\\.io/(enforce|audit|warn)");
    private static final Pattern VERSION = Pattern.compile(LEVEL.pattern() + "-version");
    private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");

    private PodSecurityLabel() {}

    /**
     * Checks a label of a Namespace.
     *
     * @param key the label's key, any key
     * @param value its value
     * @return what is wrong, if anything, without its place
     */
    public static Optional<Problem> check(String key, String value) {
        if (LEVEL.matcher(key).matches() && !LEVELS.contains(value)) {
            return Optional.of(new Problem(
                    "\"" + value + "\" is not a level of Pod Security Standards",
                    String.join(", ", LEVELS),
                    Suggestion.fix(value, LEVELS, "use one of these")));
        }
        if (VERSION.matcher(key).matches() && !value.matches("latest|v1\\.(0|[1-9][0-9]*)")) {
            return Optional.of(new Problem(
                    "\"" + value + "\" is not a version of Pod Security Standards",
                    "latest, or a minor version such as v1.36",
                    value.matches("1\\.(0|[1-9][0-9]*)") ? "use v" + value : "use latest"));
        }
        return Optional.empty();
    }
}
