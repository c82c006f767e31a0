package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.ConditionOperator.SetQualifier;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.document.TokenIssuer;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.document.TrustedSubject;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The trust in the tokens of one issuer, by one statement.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif">Available
 *     keys for AWS OIDC federation</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts">Available
 *     keys for AWS STS</a>
 */
final class TokenTrust {

    private static final String ACTION = "sts:AssumeRoleWithWebIdentity";
    private static final String ACCOUNTS = "system:serviceaccount:";
    private static final String PROBE = "eks-platform-probe";

    /** Subjects of holders of tokens that nobody means to trust, in the forms of the issuers. */
    private static final List<String> STRANGERS = List.of(
            ACCOUNTS + PROBE + ":" + PROBE,
            "repo:" + PROBE + "/" + PROBE + ":ref:refs/heads/" + PROBE,
            "project_path:" + PROBE + "/" + PROBE + ":ref_type:branch:ref:" + PROBE,
            "organization:" + PROBE + ":project:" + PROBE + ":workspace:" + PROBE + ":run_phase:apply",
            PROBE);

    private static final String STRANGE_AUDIENCE = "https://" + PROBE + ".example";

    /** What a wildcard at the beginning of a subject may be. */
    private static final List<String> FILLERS =
            List.of("any", ACCOUNTS + "any:any", ACCOUNTS + "any", "system:serviceaccount", "any:any", "");

    /** Keys of {@code aws:} and {@code sts:} that a request with a token does not carry. */
    private static final List<String> MISSING = List.of(
            "aws:sourcearn",
            "aws:sourceaccount",
            "aws:sourceorg",
            "aws:multifactorauth",
            "aws:principalservicename",
            "aws:principaltag/",
            "sts:externalid",
            "sts:durationseconds",
            "sts:awsservicename");

    /** What comes from claims that tokens of ServiceAccounts do not have: the source identity and session tags. */
    private static final List<String> MISSING_OF_SERVICE_ACCOUNTS =
            List.of("sts:sourceidentity", "sts:transitivetagkeys", "aws:requesttag/", "aws:tagkeys");

    private static final Pattern CLAIM = Pattern.compile("(?i)sub|aud");
    private static final Pattern OWNED = Pattern.compile("[^/*?]+/.*");
    private static final Pattern EXPRESSION_OF_ARN = Pattern.compile("\\$\\{[^{}]*\\.arn}.*");

    private final Statement statement;
    private final String provider;
    private final String issuer;
    private final Optional<TokenIssuer> kind;
    private final boolean kubernetes;
    private final ProbedTrust trust;
    private final ProbedTrust closed;
    private final String subject;
    private final String audience;

    TokenTrust(PolicyDocument policy, Statement statement, String provider) {
        this.statement = statement;
        this.provider = provider;
        issuer = issuer(statement, provider);
        kind = TokenIssuer.of(issuer);
        kubernetes = kind.map(TokenIssuer::isKubernetes).orElseGet(() -> namesServiceAccounts(statement));
        subject = issuer + ":sub";
        audience = issuer + ":aud";
        trust = new ProbedTrust(policy, statement, Caller.federated(provider), ACTION, this::isFree)
                .map(this::ofIssuer);
        closed = trust.closed();
    }

    private static String issuer(Statement statement, String provider) {
        String own = OidcIssuer.inArn(provider);
        if (!TerraformTemplate.isOpen(own)) {
            return own;
        }
        // the issuer of the keys is taken to be that of the provider
        return statement.conditions().stream()
                .map(Condition::key)
                .filter(key -> CLAIM.matcher(claim(key)).matches() && !TerraformTemplate.isOpen(key))
                .map(TokenTrust::issuerOf)
                .findFirst()
                .orElse("unknown.invalid");
    }

    private static boolean namesServiceAccounts(Statement statement) {
        return statement.conditions().stream()
                .filter(condition -> CLAIM.matcher(claim(condition.key())).matches())
                .flatMap(condition -> condition.values().stream())
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("serviceaccount:"));
    }

    private static String issuerOf(String key) {
        int colon = key.lastIndexOf(':');
        return colon < 0 ? "" : key.substring(0, colon);
    }

    private static String claim(String key) {
        return key.substring(key.lastIndexOf(':') + 1);
    }

    /** Whether the issuer in a key may be this one, because Terraform has yet to fill it in. */
    private static boolean mayBeIssuer(String text) {
        return TerraformTemplate.isOpen(text)
                && !text.startsWith("arn:")
                && !text.startsWith("https://")
                && !text.endsWith("/")
                && !EXPRESSION_OF_ARN.matcher(text).matches();
    }

    private Condition ofIssuer(Condition condition) {
        String left = issuerOf(condition.key());
        if (left.isEmpty() || !TerraformTemplate.isOpen(left)) {
            return condition;
        }
        String known = mayBeIssuer(left) ? issuer : "another.invalid";
        return new Condition(condition.operator(), known + ":" + claim(condition.key()), condition.values());
    }

    private boolean isFree(String key) {
        boolean own = key.toLowerCase(Locale.ROOT).startsWith(issuer.toLowerCase(Locale.ROOT) + ":")
                || mayBeIssuer(issuerOf(key));
        if (own) {
            return !kubernetes && !CLAIM.matcher(claim(key)).matches();
        }
        return ProbedTrust.startsWith(key, List.of("aws:", "sts:"))
                && !ProbedTrust.startsWith(key, MISSING)
                && !(kubernetes && ProbedTrust.startsWith(key, MISSING_OF_SERVICE_ACCOUNTS));
    }

    TrustedParty party(Truth misnamed) {
        return new TrustedParty(
                "Federated",
                provider,
                TerraformTemplate.isOpen(OidcIssuer.inArn(provider)) ? "" : issuer,
                usable(),
                misnamed,
                Truth.of(trust.conditions().stream()
                        .anyMatch(condition -> condition.key().equalsIgnoreCase(subject))),
                anySubject(),
                anyAudience(),
                Truth.any(patterns(), value -> isOfProject(value) ? Truth.FALSE : matches(value)),
                Truth.any(patterns(), value -> isOfProject(value) ? matches(value) : Truth.FALSE),
                defaultServiceAccount());
    }

    /** Whether a token with a subject and the audience of STS is accepted. */
    Truth accepts(String sub) {
        boolean cluster = kind.map(TokenIssuer::isKubernetes).orElse(true);
        return cluster || TrustedSubject.parse(sub).isEmpty()
                ? trust.allows(Map.of(subject, Optional.of(sub), audience, Optional.of(TrustPolicy.STS_AUDIENCE)))
                : Truth.FALSE;
    }

    private Set<String> subjects(ProbedTrust of) {
        return of.named(subject, FILLERS);
    }

    private Set<String> audiences(ProbedTrust of) {
        Set<String> audiences = new LinkedHashSet<>(of.named(audience, List.of(PROBE, "https://" + PROBE)));
        audiences.add(TrustPolicy.STS_AUDIENCE);
        return audiences;
    }

    private static Truth allows(ProbedTrust trust, Map<String, Optional<String>> keys, String value) {
        Truth allowed = trust.allows(keys);
        return TerraformTemplate.isOpen(value) ? allowed.and(Truth.UNKNOWN) : allowed;
    }

    /** Whether a token of the issuer is possible that the policy allows. */
    private Truth usable() {
        List<String> subjects = new ArrayList<>(subjects(trust));
        subjects.addAll(STRANGERS);
        if (kubernetes) {
            subjects.removeIf(value -> !isServiceAccount(value));
        }
        Collection<String> audiences = kubernetes ? List.of(TrustPolicy.STS_AUDIENCE) : audiences(trust);
        return Truth.any(
                subjects,
                sub -> Truth.any(
                        audiences,
                        aud -> allows(
                                trust, Map.of(subject, Optional.of(sub), audience, Optional.of(aud)), sub + aud)));
    }

    private static boolean isServiceAccount(String subject) {
        return TerraformTemplate.isOpen(subject)
                || TrustedSubject.parse(subject)
                        .filter(account -> DnsName.isLabel(account.namespace()) && DnsName.isSubdomain(account.name()))
                        .isPresent();
    }

    /** Whether a stranger's token is accepted, or one without a subject. */
    private Truth anySubject() {
        List<Optional<String>> strangers =
                new ArrayList<>(STRANGERS.stream().map(Optional::of).toList());
        strangers.add(Optional.empty());
        Truth any = Truth.any(strangers, this::isTrusted)
                .or(Truth.any(patterns(), value -> isOfATenant(value) ? Truth.FALSE : matches(value)));
        return any.and(limitedByAnotherClaim());
    }

    private Truth isTrusted(Optional<String> sub) {
        List<Optional<String>> audiences =
                new ArrayList<>(audiences(closed).stream().map(Optional::of).toList());
        audiences.add(Optional.of(STRANGE_AUDIENCE));
        return Truth.any(audiences, aud -> closed.allows(Map.of(subject, sub, audience, aud)));
    }

    /** FALSE when another claim limits the holders, UNKNOWN when it may, TRUE when nothing does. */
    private Truth limitedByAnotherClaim() {
        if (kubernetes) {
            return Truth.TRUE;
        }
        Truth result = Truth.TRUE;
        for (Condition condition : statement.conditions()) {
            String claim = claim(condition.key()).toLowerCase(Locale.ROOT);
            boolean own = issuerOf(condition.key()).equalsIgnoreCase(issuer) || mayBeIssuer(issuerOf(condition.key()));
            if (own && limits(condition) && !claim.equals("sub")) {
                result = result.and(isCommon(claim, condition) ? Truth.TRUE : limited(claim));
            }
        }
        return result;
    }

    private Truth limited(String claim) {
        boolean known = kind.map(issuers -> issuers.limiting().contains(claim)).orElse(false);
        return known ? Truth.FALSE : claim.equals("aud") ? Truth.TRUE : Truth.UNKNOWN;
    }

    /** Whether tokens of any tenant can meet a condition on a claim: by what it means, or as a pattern that names no owner. */
    private boolean isCommon(String claim, Condition condition) {
        boolean pattern = ConditionOperator.parse(condition.operator())
                .filter(operator -> operator.comparison() == Comparison.STRING_LIKE)
                .isPresent();
        return kind.filter(issuers -> issuers.common().contains(claim)
                        || (issuers.limiting().contains(claim)
                                && pattern
                                && condition.values().stream().anyMatch(TokenTrust::isOfAnyOwner)))
                .isPresent();
    }

    private static boolean isOfAnyOwner(String pattern) {
        return ProbedTrust.isPattern(pattern) && !OWNED.matcher(pattern).matches();
    }

    private static boolean limits(Condition condition) {
        return ConditionOperator.parse(condition.operator())
                .filter(operator -> !operator.ifExists()
                        && operator.set() != SetQualifier.FOR_ALL_VALUES
                        && !operator.comparison().negated()
                        && operator.comparison() != Comparison.NULL
                        && condition.values().stream().noneMatch(value -> value.matches("[*]+")))
                .isPresent();
    }

    private Truth anyAudience() {
        List<String> subjects = new ArrayList<>(subjects(closed));
        subjects.addAll(STRANGERS);
        return Truth.any(
                subjects,
                sub -> Truth.any(
                        List.of(Optional.of(STRANGE_AUDIENCE), Optional.<String>empty()),
                        aud -> closed.allows(Map.of(subject, Optional.of(sub), audience, aud))));
    }

    /** The patterns for the subject, and what may be one. */
    private List<String> patterns() {
        return closed.conditions().stream()
                .filter(condition -> condition.key().equalsIgnoreCase(subject))
                .filter(condition -> ConditionOperator.parse(condition.operator())
                        .filter(operator -> switch (operator.comparison()) {
                            case STRING_LIKE, ARN_LIKE, ARN_EQUALS -> true;
                            default -> false;
                        })
                        .isPresent())
                .flatMap(condition -> condition.values().stream())
                .filter(value -> ProbedTrust.isPattern(value) || TerraformTemplate.isOpen(value))
                .toList();
    }

    /** Whether a pattern lets in somebody whom it does not name. */
    private Truth matches(String pattern) {
        if (!ProbedTrust.isPattern(pattern)) {
            return Truth.UNKNOWN;
        }
        return Truth.any(FILLERS, filler -> isTrusted(Optional.of(ProbedTrust.filled(pattern, filler))));
    }

    private boolean isOfATenant(String pattern) {
        return kind.map(TokenIssuer::tenant)
                .map(tenant -> TerraformTemplate.isOpen(pattern)
                        || tenant.matcher(pattern).lookingAt())
                .orElse(true);
    }

    private boolean isOfProject(String pattern) {
        return kind.map(TokenIssuer::project)
                .map(project -> project.matcher(pattern).lookingAt())
                .orElse(false);
    }

    private Truth defaultServiceAccount() {
        Truth named = Truth.any(
                subjects(closed),
                value -> TrustedSubject.parse(value)
                                .filter(account -> account.name().equals("default"))
                                .isPresent()
                        ? isTrusted(Optional.of(value))
                        : Truth.FALSE);
        boolean nameOpen = subjects(trust).stream()
                .anyMatch(value -> TerraformTemplate.isOpen(value.substring(value.lastIndexOf(':') + 1)));
        return nameOpen ? named.or(Truth.UNKNOWN) : named;
    }
}
