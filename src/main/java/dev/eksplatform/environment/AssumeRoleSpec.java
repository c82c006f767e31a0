package dev.eksplatform.environment;

import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** The IAM roles that Terraform assumes to work in an account. */
public sealed interface AssumeRoleSpec {

    /**
     * The roles, each assumed by the session of the one before.
     *
     * @return no role, or one, or more
     */
    List<Role> roles();

    /** No role: the credentials that Terraform has are used themselves. */
    @YamlForm(word = "none")
    record None() implements AssumeRoleSpec {

        @Override
        public List<Role> roles() {
            return List.of();
        }
    }

    /**
     * Roles, each assumed by the session of the one before (role chaining).
     *
     * @param roles the roles; the sessions of all but the first last one hour at most
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining">Role chaining</a>
     */
    @YamlForm(sequence = true)
    record Chain(List<Role> roles) implements AssumeRoleSpec {

        private static final int LONGEST_CHAINED = 3600;

        /** Checks the durations. */
        public Chain {
            roles = Components.list("roles", roles);
            Problems problems = new Problems();
            for (int i = 1; i < roles.size(); i++) {
                PropertyPath path = PropertyPath.of("roles").index(i).key("durationSeconds");
                roles.get(i)
                        .durationSeconds()
                        .filter(seconds -> seconds > LONGEST_CHAINED)
                        .ifPresent(seconds -> problems.add(
                                path,
                                seconds + " seconds, but a role that another role assumes has a session of one hour",
                                "900 to " + LONGEST_CHAINED,
                                "write " + LONGEST_CHAINED + ", or leave it out"));
            }
            problems.throwIfAny();
        }
    }

    /**
     * One role. The limits are those of STS: <a
     * href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>.
     *
     * @param roleArn the role, by its ARN
     * @param externalId the external ID that the role's trust policy asks for; default none
     * @param sessionName the name of the session, which CloudTrail shows; default one that Terraform makes up
     * @param durationSeconds how long the session lasts, in seconds, up to the maximum of the role; default one hour
     * @param policy a policy that narrows what the session may do; default none
     * @param policyArns managed policies that narrow what the session may do, by ARN; default none
     * @param tags tags of the session; default none
     * @param transitiveTagKeys keys of {@code tags} that the sessions of further roles keep; default none
     * @param sourceIdentity the source identity of the session, which it cannot change; default none
     */
    @RecordBuilder
    record Role(
            @Example("arn:aws:iam::111122223333:role/deployer") @Limit(pattern = Role.ARN)
            String roleArn,

            @Example("shop-7f3a") @Limit(pattern = Role.EXTERNAL_ID)
            Optional<String> externalId,

            @Example("eks-platform") @Limit(pattern = Role.NAME)
            Optional<String> sessionName,

            @Example("3600") @Limit(min = Role.SHORTEST, max = Role.LONGEST)
            Optional<Integer> durationSeconds,

            @Example("{Statement: {Effect: Allow, Action: '*', Resource: '*'}}")
            Optional<InlinePolicy> policy,

            @Example("['arn:aws:iam::aws:policy/PowerUserAccess']")
            @Limit(pattern = Role.POLICY, maxItems = Role.MOST_POLICIES)
            List<String> policyArns,

            @Example("{team: shop}") @Limit(keys = Role.TAG_KEY, pattern = Role.TAG_VALUE, maxItems = Role.MOST_TAGS)
            Map<String, String> tags,

            @Example("[team]") List<String> transitiveTagKeys,

            @Example("release") @Limit(pattern = Role.NAME) Optional<String> sourceIdentity)
            implements AssumeRoleSpec, AssumeRoleSpecRoleBuilder.With {

        private static final String ARN = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/[!-~]+$";
        private static final String EXTERNAL_ID = "^[A-Za-z0-9_+=,.@:/-]{2,1224}$";
        private static final String NAME = "^[A-Za-z0-9_+=,.@-]{2,64}$";
        private static final String POLICY = "^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[!-~]+$";
        private static final String TAG_KEY = "^[^\\u0000-\\u001f]{1,128}$";
        private static final String TAG_VALUE = "^[^\\u0000-\\u001f]{0,256}$";
        private static final int SHORTEST = 900;
        private static final int LONGEST = 43_200;
        private static final int MOST_POLICIES = 10;
        private static final int MOST_TAGS = 50;

        /** Of {@code policy} and the text of {@code policyArns} together. */
        private static final int LONGEST_POLICY = 2048;

        private static final Pattern ARN_FORM = Pattern.compile(ARN);
        private static final Pattern EXTERNAL_ID_FORM = Pattern.compile(EXTERNAL_ID);
        private static final Pattern NAME_FORM = Pattern.compile(NAME);
        private static final Pattern POLICY_FORM = Pattern.compile(POLICY);
        private static final Pattern TAG_KEY_FORM = Pattern.compile(TAG_KEY);
        private static final Pattern TAG_VALUE_FORM = Pattern.compile(TAG_VALUE);
        private static final String NAMES = "2 to 64 letters, digits and _ + = , . @ -";

        /** Checks what STS refuses. */
        public Role {
            Components.required("roleArn", roleArn);
            policyArns = Components.list("policyArns", policyArns);
            tags = Components.map("tags", tags);
            transitiveTagKeys = Components.list("transitiveTagKeys", transitiveTagKeys);
            Problems problems = new Problems();
            problems.match(
                    "roleArn",
                    roleArn,
                    ARN_FORM,
                    "the ARN of an IAM role",
                    "arn:aws:iam::ACCOUNT:role/NAME",
                    "copy it from IAM, such as arn:aws:iam::111122223333:role/deployer");
            externalId.ifPresent(text -> problems.match(
                    "externalId",
                    text,
                    EXTERNAL_ID_FORM,
                    "an external ID",
                    "2 to 1224 letters, digits and _ + = , . @ : / -",
                    "copy it from the trust policy of the role"));
            sessionName.ifPresent(text -> problems.match(
                    "sessionName", text, NAME_FORM, "a session's name", NAMES, "write it like eks-platform"));
            sourceIdentity.ifPresent(text -> problems.match(
                    "sourceIdentity", text, NAME_FORM, "a source identity", NAMES, "write it like release"));
            durationSeconds
                    .filter(seconds -> seconds < SHORTEST || seconds > LONGEST)
                    .ifPresent(seconds -> problems.add(
                            "durationSeconds",
                            seconds + " seconds",
                            SHORTEST + " to " + LONGEST + ", and at most the maximum of the role",
                            "write 3600"));
            policy.map(document -> document.policy().toJson().length())
                    .filter(length -> length > LONGEST_POLICY)
                    .ifPresent(length -> problems.add(
                            "policy",
                            "a session policy of " + length + " characters",
                            "at most " + LONGEST_POLICY,
                            "make a managed policy of it, and name that in policyArns"));
            for (int i = 0; i < policyArns.size(); i++) {
                problems.match(
                        PropertyPath.of("policyArns").index(i),
                        policyArns.get(i),
                        POLICY_FORM,
                        "the ARN of a managed policy",
                        "arn:aws:iam::ACCOUNT:policy/NAME",
                        "write it like arn:aws:iam::aws:policy/PowerUserAccess");
            }
            most("policyArns", policyArns.size(), MOST_POLICIES, problems);
            most("tags", tags.size(), MOST_TAGS, problems);
            checkTags(tags, transitiveTagKeys, problems);
            problems.throwIfAny();
        }

        private static void most(String property, int number, int most, Problems problems) {
            if (number > most) {
                problems.add(property, number + " of them", "at most " + most, "remove some");
            }
        }

        private static void checkTags(Map<String, String> tags, List<String> transitive, Problems problems) {
            tags.forEach((key, value) -> {
                if (!TAG_KEY_FORM.matcher(key).matches() || key.startsWith("aws:")) {
                    problems.add(
                            PropertyPath.of("tags", key),
                            "\"" + key + "\" is not the key of a session tag",
                            "1 to 128 characters, not beginning with aws:",
                            "choose another key");
                }
                problems.match(
                        PropertyPath.of("tags", key),
                        value,
                        TAG_VALUE_FORM,
                        "the value of a session tag",
                        "at most 256 characters",
                        "shorten it");
            });
            for (int i = 0; i < transitive.size(); i++) {
                if (!tags.containsKey(transitive.get(i))) {
                    problems.add(
                            PropertyPath.of("transitiveTagKeys").index(i),
                            "\"" + transitive.get(i) + "\" is not a key of tags",
                            "add the tag, or remove the key");
                }
            }
        }

        /**
         * A role that needs nothing but its ARN.
         *
         * @param roleArn the role
         * @return the spec
         */
        @Defaults
        public static Role of(String roleArn) {
            return new Role(
                    roleArn,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    Optional.empty());
        }

        @Override
        public List<Role> roles() {
            return List.of(this);
        }

        /**
         * The account of the role.
         *
         * @return twelve digits
         */
        @API(status = API.Status.INTERNAL)
        public String account() {
            return roleArn.split(":", 6)[4];
        }

        /**
         * The role as a block or an argument of Terraform.
         *
         * @return arguments by their names in Terraform
         */
        @API(status = API.Status.INTERNAL)
        public Map<String, Object> arguments() {
            Map<String, Object> arguments = BackendArguments.of(this);
            Object seconds = arguments.remove("duration_seconds");
            if (seconds != null) {
                arguments.put("duration", seconds + "s");
            }
            return arguments;
        }

        /** Whether {@code aws eks get-token} can assume it, which only names the role. */
        boolean needsOnlyItsArn() {
            return externalId.isEmpty() && sessionName.isEmpty() && tags.isEmpty() && sourceIdentity.isEmpty();
        }
    }
}
