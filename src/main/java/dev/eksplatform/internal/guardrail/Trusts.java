package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.evaluation.TrustAnalysis;
import dev.eksplatform.iam.evaluation.TrustedParty;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a trust policy trusts, for rules: the fields of {@link TrustedParty}. */
final class Trusts {

    private static final ThreadLocal<Recent<Known, List<Object>>> RECENT = ThreadLocal.withInitial(Recent::new);

    /** The account in the ARN of a provider of identities. */
    private static final Pattern PROVIDER = Pattern.compile("^arn:[a-z-]+:iam::([0-9]{12}):(?:oidc|saml)-provider/");

    private record Known(JsonNode policy, ValueMarks marks) {}

    private Trusts() {}

    /** One element a principal; unknown for a statement that Terraform has yet to fill in. */
    static List<Object> of(ConfigValue policy) {
        return RECENT.get().get(new Known(policy.node(), policy.marks()), known -> analysed(policy));
    }

    private static List<Object> analysed(ConfigValue policy) {
        List<Object> trusts = new ArrayList<>();
        ReadPolicy read = ReadPolicy.of(policy.node());
        TrustAnalysis.of(read.document()).forEach(party -> trusts.add(block(party)));
        if (!read.isComplete() && isOpen(policy)) {
            trusts.add(ConfigValue.UNKNOWN);
        }
        return trusts;
    }

    /** Whether IAM accepts the policy as a trust policy. */
    static Object isAccepted(ConfigValue policy) {
        boolean accepted = ReadPolicy.of(policy.node()).accepted();
        return isOpen(policy) && !accepted ? ConfigValue.UNKNOWN : (Object) accepted;
    }

    private static boolean isOpen(ConfigValue policy) {
        return policy.marks().any();
    }

    private static Object block(TrustedParty party) {
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        block.put("type", party.kind());
        block.put("value", party.name());
        block.put("issuer", party.issuer());
        Matcher provider = PROVIDER.matcher(party.name());
        block.put("account", provider.find() ? provider.group(1) : "");
        Map<String, Truth> facts = new LinkedHashMap<>();
        facts.put("usable", party.usable());
        facts.put("misnamed", party.misnamed());
        facts.put("namesSubject", party.namesSubject());
        facts.put("anySubject", party.anySubject());
        facts.put("anyAudience", party.anyAudience());
        facts.put("subjectPattern", party.subjectPattern());
        facts.put("anyRef", party.anyRef());
        facts.put("defaultServiceAccount", party.defaultServiceAccount());
        Map<String, ValueMarks> unknown = new LinkedHashMap<>();
        facts.forEach((name, truth) -> {
            if (truth == Truth.UNKNOWN) {
                unknown.put(name, ValueMarks.WHOLE);
            } else {
                block.put(name, truth == Truth.TRUE);
            }
        });
        return ConfigValue.planned(block, ValueMarks.of(unknown), MissingNode.getInstance())
                .toCel();
    }

    /** Whether a token with a subject and the audience of STS, of an issuer that the policy trusts, is accepted. */
    static Object trustsSubject(ConfigValue policy, String subject) {
        return decided(policy, trust -> TrustAnalysis.trustsSubject(trust, subject));
    }

    /** Whether EKS Pod Identity is trusted for the pods of an association. */
    static Object trustsPods(ConfigValue policy, ConfigValue association) {
        Map<PodIdentityTag, String> tags = new EnumMap<>(PodIdentityTag.class);
        Map.of(
                        PodIdentityTag.NAMESPACE, "namespace",
                        PodIdentityTag.SERVICE_ACCOUNT, "service_account",
                        PodIdentityTag.CLUSTER_NAME, "cluster_name")
                .forEach((tag, attribute) -> {
                    ConfigValue value = association.at(attribute);
                    tags.put(
                            tag, value.isUnknown() ? "${unknown}" : value.node().asText(""));
                });
        Object untagged = association.at("disable_session_tags").toCel();
        return decided(
                policy,
                trust -> untagged instanceof CelUnknownSet
                        ? TrustAnalysis.trustsPods(trust, tags, true).and(TrustAnalysis.trustsPods(trust, tags, false))
                        : TrustAnalysis.trustsPods(trust, tags, !Boolean.TRUE.equals(untagged)));
    }

    private static Object decided(ConfigValue policy, Function<PolicyDocument, Truth> question) {
        ReadPolicy read = ReadPolicy.of(policy.node());
        Truth truth = question.apply(read.document());
        boolean complete = read.isComplete() || !isOpen(policy);
        return ThreeValued.toCel(complete ? truth : Truth.UNKNOWN);
    }
}
