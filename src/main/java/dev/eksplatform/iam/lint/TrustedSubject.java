package dev.eksplatform.iam.lint;

import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import java.util.List;

/** A ServiceAccount that a trust statement names exactly. */
record TrustedSubject(String namespace, String name) {

    static final String SUBJECT = "system:serviceaccount:";

    boolean is(AnnotatedServiceAccount serviceAccount) {
        return namespace.equals(serviceAccount.namespace()) && name.equals(serviceAccount.name());
    }

    /** Those without a wildcard and without anything that Terraform has yet to fill in. */
    static List<TrustedSubject> trustedBy(Statement statement) {
        if (statement.effect() == Effect.DENY) {
            return List.of();
        }
        return statement.conditions().stream()
                .filter(TrustedSubject::isPositive)
                .flatMap(condition -> condition.values().stream())
                .filter(value -> value.startsWith(SUBJECT) && !TerraformTemplate.isOpen(value))
                .map(value -> value.substring(SUBJECT.length()).split(":", 2))
                .filter(part -> part.length == 2 && !(part[0] + part[1]).matches(".*[*?$].*"))
                .map(part -> new TrustedSubject(part[0], part[1]))
                .toList();
    }

    private static boolean isPositive(Condition condition) {
        return condition.key().endsWith(":sub") && !condition.operator().contains("Not");
    }

    /** {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
