package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a value comes from that is neither in the environment file nor in the state of Terraform: one of a variable, a secret and a
 * parameter.
 *
 * @param variable a Terraform variable, which Terraform reads from the environment: that of {@code admin_password} is {@code
 *     TF_VAR_admin_password}; default none
 * @param secretsManager the name or ARN of a secret of AWS Secrets Manager, in the account and region of the environment; default none
 * @param key the key in a secret that is a JSON object; default the whole text
 * @param ssmParameter the name or ARN of a parameter of AWS Systems Manager, in the account and region of the environment; default none
 */
@RecordBuilder
public record SensitiveValue(
        @Example("admin_password") @Limit(pattern = SensitiveValue.VARIABLE)
        Optional<String> variable,

        @Example("shop/admin") @Limit(pattern = SensitiveValue.SECRET)
        Optional<String> secretsManager,

        @Example("password") @Limit(pattern = SensitiveValue.KEY)
        Optional<String> key,

        @Example("/shop/admin-password") @Limit(pattern = SensitiveValue.PARAMETER)
        Optional<String> ssmParameter)
        implements SensitiveValueBuilder.With {

    /** A name that is valid as an environment variable, too. */
    static final String VARIABLE = "^[a-z][a-z0-9_]*$";

    static final String SECRET = "^(arn:aws[a-z-]*:secretsmanager:\\S+|[A-Za-z0-9/_+=.@-]{1,512})$";
    static final String PARAMETER = "^(arn:aws[a-z-]*:ssm:\\S+|[A-Za-z0-9/_.-]{1,1011})$";
    static final String KEY = "^[^\"\\\\$%]+$";

    private static final Pattern VARIABLE_FORM = Pattern.compile(VARIABLE);
    private static final Pattern SECRET_FORM = Pattern.compile(SECRET);
    private static final Pattern PARAMETER_FORM = Pattern.compile(PARAMETER);
    private static final Pattern KEY_FORM = Pattern.compile(KEY);

    /** Checks that there are not two sources, and the form of each. */
    public SensitiveValue {
        Problems problems = new Problems();
        List<String> sources = Stream.of(
                        variable.map(name -> "variable"),
                        secretsManager.map(name -> "secretsManager"),
                        ssmParameter.map(name -> "ssmParameter"))
                .flatMap(Optional::stream)
                .toList();
        if (sources.size() > 1) {
            problems.add(sources.get(1), String.join(" and ", sources), "one of them", "remove the others");
        }
        variable.ifPresent(name -> checkVariable("variable", name, problems));
        secretsManager.ifPresent(name -> problems.match(
                "secretsManager",
                name,
                SECRET_FORM,
                "the name or ARN of a secret",
                "letters, digits and /_+=.@-",
                "copy it from `aws secretsmanager list-secrets`"));
        ssmParameter.ifPresent(name -> problems.match(
                "ssmParameter",
                name,
                PARAMETER_FORM,
                "the name or ARN of a parameter",
                "letters, digits and /_.-",
                "copy it from `aws ssm describe-parameters`"));
        key.ifPresent(name -> {
            problems.match("key", name, KEY_FORM, "a key", "a text without \", \\, $ and %", "rename the key");
            if (secretsManager.isEmpty()) {
                problems.add("key", "a key without a secret", "a key of secretsManager", "remove it");
            }
        });
        problems.throwIfAny();
    }

    static void checkVariable(String property, String name, Problems problems) {
        problems.match(
                property,
                name,
                VARIABLE_FORM,
                "the name of a Terraform variable",
                "lower case letters, digits and _",
                "write it like admin_password");
    }

    /**
     * No source.
     *
     * @return the defaults
     */
    @Defaults
    public static SensitiveValue none() {
        return new SensitiveValue(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same in an account: Terraform takes the ARN of a parameter only. */
    SensitiveValue in(AddonContext context) {
        return withSsmParameter(ssmParameter.map(
                name -> isArn(name) ? name : context.arn("ssm") + "parameter/" + name.replaceFirst("^/", "")));
    }

    /** Whether a name says nothing of the account that it is in. */
    boolean needsAccount() {
        return ssmParameter.filter(name -> !isArn(name)).isPresent();
    }

    private static boolean isArn(String name) {
        return name.startsWith("arn:");
    }

    /** Where it comes from. */
    String source() {
        return variable.map(name -> "variable " + name)
                .or(() -> ssmParameter.map(name -> "parameter " + name))
                .or(() -> secretsManager.map(secret ->
                        "secret " + secret + key.map(name -> " " + name).orElse("")))
                .orElse("");
    }

    boolean isNone() {
        return variable.isEmpty() && secretsManager.isEmpty() && ssmParameter.isEmpty();
    }

    /**
     * A variable.
     *
     * @param variable its name
     * @return the value
     */
    public static SensitiveValue ofVariable(String variable) {
        return new SensitiveValue(Optional.of(variable), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The whole text of a secret.
     *
     * @param secretsManager its name or ARN
     * @return the value
     */
    public static SensitiveValue ofSecret(String secretsManager) {
        return new SensitiveValue(Optional.empty(), Optional.of(secretsManager), Optional.empty(), Optional.empty());
    }

    /**
     * A parameter.
     *
     * @param ssmParameter its name or ARN
     * @return the value
     */
    public static SensitiveValue ofParameter(String ssmParameter) {
        return new SensitiveValue(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(ssmParameter));
    }
}
