package dev.eksplatform.iam.lint;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.iam.evaluation.AssumeRequest;
import dev.eksplatform.iam.evaluation.TrustEvaluation;
import dev.eksplatform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lints trust policies for ServiceAccounts (IAM roles for service accounts), one by one and against the annotations of the
 * ServiceAccounts. What Terraform has yet to fill in is never a finding.
 */
public final class TrustLinter {

    private static final String WEB_IDENTITY = "sts:assumerolewithwebidentity";

    private final List<OidcIssuer> issuers;
    private final List<AnnotatedServiceAccount> serviceAccounts;
    private final List<TrustFinding> findings = new ArrayList<>();

    private TrustLinter(List<OidcIssuer> issuers, List<AnnotatedServiceAccount> serviceAccounts) {
        this.issuers = issuers;
        this.serviceAccounts = serviceAccounts;
    }

    /**
     * Lints roles and ServiceAccounts that belong together.
     *
     * @param roles the roles with their trust policies
     * @param serviceAccounts all ServiceAccounts of the clusters, with or without an annotation
     * @param issuers the clusters' issuers; empty when they are not known, then the trust policies' own count
     * @return the findings: by role and statement, then by ServiceAccount; empty when all is well
     */
    public static List<TrustFinding> lint(
            List<RoleTrust> roles, List<AnnotatedServiceAccount> serviceAccounts, List<OidcIssuer> issuers) {
        TrustLinter linter = new TrustLinter(issuers, serviceAccounts);
        for (RoleTrust role : roles) {
            linter.role(role);
        }
        for (AnnotatedServiceAccount serviceAccount : serviceAccounts) {
            roles.stream()
                    .filter(role -> role.arn().equals(serviceAccount.roleArn()))
                    .forEach(role -> linter.annotation(serviceAccount, role));
        }
        return List.copyOf(linter.findings);
    }

    private void role(RoleTrust role) {
        for (int i = 0; i < role.policy().statements().size(); i++) {
            Statement statement = role.policy().statements().get(i);
            Principals principals = statement.principals();
            if (statement.effect() == Effect.DENY || principals == null) {
                continue;
            }
            String where = "role " + role.name() + ", " + role.policy().nameOf(i);
            if (principals.except() || principals.each().contains(Map.entry("AWS", "*"))) {
                add(
                        TrustRule.EVERYONE,
                        where,
                        principals.except() ? "everyone but a few may assume the role" : "everyone may assume the role",
                        "principals by name",
                        "name the provider, the service or the role that shall assume it");
            }
            List<String> providers = principals.byKind().getOrDefault("Federated", List.of());
            if (!principals.except() && isWebIdentity(statement) && !providers.isEmpty()) {
                new WebIdentityRules(where, statement, providers, this::add).check();
                expected(where, providers);
                unannotated(where, role, statement, providers);
            }
        }
    }

    private static boolean isWebIdentity(Statement statement) {
        return statement.actions().except()
                || statement.actions().values().stream()
                        .map(action -> action.toLowerCase(Locale.ROOT))
                        .anyMatch(action -> action.equals(WEB_IDENTITY) || (action.endsWith("*") && isPrefix(action)));
    }

    private static boolean isPrefix(String action) {
        return WEB_IDENTITY.startsWith(action.substring(0, action.length() - 1));
    }

    private void expected(String where, List<String> providers) {
        boolean comparable = !issuers.isEmpty()
                && issuers.stream().noneMatch(issuer -> TerraformTemplate.isOpen(issuer.providerArn()));
        for (String provider : providers) {
            if (comparable && !TerraformTemplate.isOpen(provider) && !isExpected(provider)) {
                add(
                        TrustRule.UNKNOWN_PROVIDER,
                        where,
                        "it trusts " + provider,
                        "the clusters' own: "
                                + String.join(
                                        ", ",
                                        issuers.stream()
                                                .map(OidcIssuer::providerArn)
                                                .toList()),
                        "trust the provider of this cluster, as a cluster that is created again has a new issuer");
            }
        }
    }

    private boolean isExpected(String provider) {
        return issuers.isEmpty()
                || issuers.stream().anyMatch(issuer -> issuer.providerArn().equals(provider));
    }

    private void unannotated(String where, RoleTrust role, Statement statement, List<String> providers) {
        if (providers.stream().noneMatch(this::isExpected) || TerraformTemplate.isOpen(role.arn())) {
            return;
        }
        for (TrustedSubject name : TrustedSubject.trustedBy(statement)) {
            boolean annotated = serviceAccounts.stream()
                    .anyMatch(one -> name.is(one)
                            && one.roleArn() != null
                            && (one.roleArn().equals(role.arn()) || TerraformTemplate.isOpen(one.roleArn())));
            boolean exists = serviceAccounts.stream().anyMatch(name::is);
            if (!annotated) {
                add(
                        TrustRule.TRUST_WITHOUT_ANNOTATION,
                        where,
                        exists
                                ? "it trusts the ServiceAccount " + name + ", which is not annotated with the role"
                                : "it trusts the ServiceAccount " + name + ", which does not exist",
                        "ServiceAccounts with the annotation eks.amazonaws.com/role-arn: " + role.arn(),
                        exists ? "annotate it, or trust it no longer" : "create and annotate it, or correct its name");
            }
        }
    }

    private void annotation(AnnotatedServiceAccount serviceAccount, RoleTrust role) {
        List<OidcIssuer> candidates = issuers.isEmpty() ? issuersIn(role) : issuers;
        boolean refused = candidates.stream()
                .allMatch(issuer -> TrustEvaluation.decide(
                                        AssumeRequest.irsa(
                                                issuer.providerArn(),
                                                issuer.issuer(),
                                                serviceAccount.namespace(),
                                                serviceAccount.name()),
                                        role.policy())
                                .verdict()
                        == Verdict.DENIED);
        if (refused) {
            List<String> trusted = role.policy().statements().stream()
                    .flatMap(statement -> TrustedSubject.trustedBy(statement).stream())
                    .map(TrustedSubject::toString)
                    .distinct()
                    .toList();
            String subject = TrustPolicy.subject(serviceAccount.namespace(), serviceAccount.name());
            add(
                    TrustRule.ANNOTATION_WITHOUT_TRUST,
                    "ServiceAccount " + serviceAccount,
                    "it is annotated with the role " + role.name() + ", which does not trust it"
                            + (trusted.isEmpty() ? "" : " but " + String.join(", ", trusted)),
                    "roles that trust " + subject,
                    "trust it in the role, or correct the annotation or the ServiceAccount's name");
        }
    }

    private static List<OidcIssuer> issuersIn(RoleTrust role) {
        return role.policy().statements().stream()
                .filter(statement -> statement.principals() != null)
                .flatMap(statement -> statement.principals().each().stream())
                .filter(principal -> principal.getValue().contains(OidcIssuer.IN_ARN))
                .map(principal -> OidcIssuer.ofProvider(principal.getValue()))
                .toList();
    }

    private void add(TrustRule rule, String where, String found, String allowed, String fix) {
        findings.add(new TrustFinding(rule, new Problem(where, found, allowed, fix)));
    }
}
