package dev.eksplatform.iam.document;

import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.files.ProgramFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A kind of issuer of web identity tokens, from {@code token-issuers.txt}, which names its sources.
 *
 * @param name such as {@code GitHub}
 * @param issuers host and path of the issuers, with {@code *}
 * @param form the form of a complete issuer; {@code null} for any
 * @param tenant how a subject begins that names one tenant; {@code null} when the issuer has one tenant
 * @param project how a subject begins that names one project of a tenant; {@code null} when there are none
 * @param limiting other claims that limit whose token it is
 * @param common claims that the tokens of any tenant can have with the same value
 */
@API(status = API.Status.INTERNAL)
public record TokenIssuer(
        String name,
        String issuers,
        @Nullable Pattern form,
        @Nullable Pattern tenant,
        @Nullable Pattern project,
        List<String> limiting,
        List<String> common) {

    private static final String KUBERNETES = "Kubernetes";

    private static final List<TokenIssuer> ALL = ProgramFile.read(TokenIssuer.class, "token-issuers.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(TokenIssuer::parse)
            .toList();

    private static final Pattern WORKFLOW = Pattern.compile("(?:repo|project_path):([^:]+)(?::(.*))?");

    private static TokenIssuer parse(String line) {
        String[] column = line.split(" \\| ", -1);
        return new TokenIssuer(
                column[0],
                column[1],
                pattern(column[2]),
                pattern(column[3]),
                pattern(column[4]),
                claims(column[5]),
                claims(column[6]));
    }

    private static List<String> claims(String column) {
        return column.equals("-") ? List.of() : List.of(column.split(" "));
    }

    private static @Nullable Pattern pattern(String column) {
        return column.equals("-") ? null : Pattern.compile(column);
    }

    /**
     * The kind of an issuer.
     *
     * @param issuer host and path, without {@code https://}
     * @return empty for one that is not listed
     */
    public static Optional<TokenIssuer> of(String issuer) {
        return ALL.stream()
                .filter(known -> Wildcards.match(known.issuers, issuer))
                .findFirst();
    }

    /**
     * Whether its tokens are those of ServiceAccounts.
     *
     * @return true for a cluster
     */
    public boolean isKubernetes() {
        return name.equals(KUBERNETES);
    }

    /**
     * Whether an issuer of this kind is complete.
     *
     * @param issuer host and path
     * @return false when a part is missing, such as the cluster's id
     */
    public boolean isComplete(String issuer) {
        return form == null || form.matcher(issuer).matches();
    }

    /**
     * The holder of a token in words, as the issuer defines subjects.
     *
     * @param issuer host and path of the issuer; may be unknown
     * @param subject the value of a condition on {@code sub}
     * @param pattern whether {@code *} and {@code ?} in it are wildcards
     * @return such as {@code branch main of org/repo (GitHub)}
     */
    public static String subjectInWords(String issuer, String subject, boolean pattern) {
        Optional<TrustedSubject> account = TrustedSubject.parse(subject);
        if (account.isPresent()) {
            return (pattern ? "any ServiceAccount like " : "ServiceAccount ") + account.get();
        }
        String plain = (pattern ? "any subject like " : "subject ") + subject;
        Optional<TokenIssuer> known = of(issuer);
        if (known.isEmpty()) {
            return plain;
        }
        if (pattern && subject.matches("[*]+")) {
            return known.get().isKubernetes()
                    ? "any ServiceAccount of the issuer"
                    : "anyone with a token of " + known.get().name;
        }
        Matcher workflow = WORKFLOW.matcher(subject);
        return workflow.matches()
                ? known.get().workflow(workflow.group(1), workflow.group(2), pattern) + " (" + known.get().name + ")"
                : plain;
    }

    private String workflow(String repository, @Nullable String context, boolean pattern) {
        boolean open = pattern && (repository.contains("*") || repository.contains("?"));
        String where = open ? repositories(repository) : repository;
        if (context == null || (pattern && context.matches("[*]+"))) {
            return open ? where : "any branch, tag, environment or pull request of " + where;
        }
        String prefix = pattern && (context.contains("*") || context.contains("?")) ? "any " : "";
        if (context.equals("pull_request")) {
            return "any pull request of " + where;
        }
        for (List<String> form : List.of(
                List.of("ref:refs/heads/", "branch "),
                List.of("ref:refs/tags/", "tag "),
                List.of("ref_type:branch:ref:", "branch "),
                List.of("ref_type:tag:ref:", "tag "),
                List.of("environment:", "environment "))) {
            if (context.startsWith(form.get(0))) {
                String name = context.substring(form.get(0).length());
                return (name.equals("*") && pattern ? "any " + form.get(1).strip() : prefix + form.get(1) + name)
                        + " of " + where;
            }
        }
        return prefix + context + " of " + where;
    }

    private String repositories(String pattern) {
        int slash = pattern.indexOf('/');
        String owner = slash < 0 ? pattern : pattern.substring(0, slash);
        if (owner.matches("[*]+")) {
            return slash < 0 || pattern.endsWith("/*") ? "any repository of " + name : "any repository like " + pattern;
        }
        if (slash < 0) {
            return "any repository of an owner like " + owner;
        }
        return pattern.substring(slash + 1).matches("[*]+") && !owner.contains("*")
                ? "any repository of " + owner
                : "any repository like " + pattern;
    }
}
