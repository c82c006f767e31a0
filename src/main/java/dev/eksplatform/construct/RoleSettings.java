package dev.eksplatform.construct;

import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What IAM roles have in common.
 *
 * @param path the path of roles and of the policies that belong to them, such as {@code /platform/}; default {@code /}. IAM fixes it
 *     at creation: changing it replaces roles and policies, and with the role of the control plane the cluster
 * @param permissionsBoundary the managed policy that limits what they may do, by name or ARN; default none
 * @param boundaryPolicy the content of {@code permissionsBoundary}, or the file that contains it, for {@code explain access}; it
 *     is not created. Default not known, unless it is a policy of AWS
 * @param maxSessionSeconds how long sessions of a role may last; default that of IAM, 3600
 * @param tags tags, besides those of the environment; default none
 */
@RecordBuilder
public record RoleSettings(
        @Example("/platform/") @Limit(pattern = RoleSettings.PATH)
        Optional<String> path,

        @Example("arn:aws:iam::111122223333:policy/boundary")
        Optional<PolicyReference> permissionsBoundary,

        @Example("{Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}")
        Optional<InlinePolicy> boundaryPolicy,

        @Example("14400") @Limit(min = RoleSettings.SHORTEST, max = RoleSettings.LONGEST)
        Optional<Integer> maxSessionSeconds,

        @Example("{owner: platform}") @Limit(keys = TagCheck.KEY, pattern = TagCheck.VALUE, maxItems = TagCheck.MOST)
        Map<String, String> tags)
        implements RoleSettingsBuilder.With {

    private static final String PATH = "^/([!-.0-~]+/)*$";
    private static final Pattern PATH_FORM = Pattern.compile(PATH);
    private static final int LONGEST_PATH = 512;
    private static final int SHORTEST = 3600;
    private static final int LONGEST = 43_200;

    /**
     * Checks the path, the duration and the tags. Source: <a
     * href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html">CreateRole</a>.
     */
    public RoleSettings {
        tags = Components.map("tags", tags);
        Problems problems = new Problems();
        path.filter(given -> !TerraformTemplate.isOpen(given)).ifPresent(given -> {
            if (!PATH_FORM.matcher(given).matches() || given.length() > LONGEST_PATH) {
                problems.add(
                        "path",
                        "\"" + given + "\" is not a path of IAM",
                        "at most " + LONGEST_PATH + " characters of ASCII without spaces, / at both ends",
                        "write it like /platform/");
            }
        });
        maxSessionSeconds
                .filter(seconds -> seconds < SHORTEST || seconds > LONGEST)
                .ifPresent(seconds -> problems.add(
                        "maxSessionSeconds",
                        seconds + " seconds",
                        SHORTEST + " to " + LONGEST + " (IAM): one hour to twelve",
                        "use " + (seconds < SHORTEST ? SHORTEST : LONGEST)));
        if (boundaryPolicy.isPresent() && permissionsBoundary.isEmpty()) {
            problems.add(
                    PropertyPath.of("boundaryPolicy"),
                    "the content of a permissions boundary that is not set",
                    "add permissionsBoundary: its ARN");
        }
        TagCheck.check(PropertyPath.of("tags"), tags, problems);
        problems.throwIfAny();
    }

    /**
     * What IAM sets itself.
     *
     * @return the defaults
     */
    @Defaults
    public static RoleSettings standard() {
        return new RoleSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * These settings, and others where these have none.
     *
     * @param others the settings of more roles
     * @return both
     */
    public RoleSettings over(RoleSettings others) {
        if (equals(others) || others.equals(standard())) {
            return this;
        }
        Map<String, String> both = new LinkedHashMap<>(others.tags);
        both.putAll(tags);
        boolean ownBoundary = permissionsBoundary.isPresent();
        return new RoleSettings(
                path.or(others::path),
                ownBoundary ? permissionsBoundary : others.permissionsBoundary,
                ownBoundary ? boundaryPolicy : others.boundaryPolicy,
                maxSessionSeconds.or(others::maxSessionSeconds),
                both);
    }
}
