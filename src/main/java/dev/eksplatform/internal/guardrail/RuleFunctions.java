package dev.eksplatform.internal.guardrail;

import dev.cel.common.values.NullValue;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.plan.PlainSecrets;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.release.KubernetesReleases.Release;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions of the rule language, see {@code docs/guardrails.md}. CEL does not call them with an unknown argument. */
final class RuleFunctions {

    private static final Pattern VERSION = Pattern.compile("(\\d+)(?:\\.(\\d+))?");
    private static final Pattern OUTSIDE = Pattern.compile("\\b(?:var|local|data|module)\\.");

    /** A policy of AWS is not a resource of any stack. */
    private static final Pattern MANAGED_POLICY = Pattern.compile("arn:[a-z-]+:iam::aws:policy/.*");

    private RuleFunctions() {}

    static Object get(Object target, Object path) {
        return block(target).at((String) path).toCel();
    }

    static Object getOr(Object target, Object path, Object otherwise) {
        ConfigValue part = block(target).at((String) path);
        Object value = part.isLeftToProvider() ? NullValue.NULL_VALUE : part.toCel();
        return value instanceof NullValue ? otherwise : value;
    }

    static Object sets(Object target, Object path) {
        return block(target).at((String) path).isSet();
    }

    static Object blocks(Object target, Object path) {
        ConfigValue part = block(target).at((String) path);
        if (part.isLeftToProvider()) {
            return List.of();
        }
        return part.isUnknown() ? ConfigValue.UNKNOWN : toCel(part.elements());
    }

    static Object keys(Object target, Object path) {
        ConfigValue part = block(target).at((String) path);
        return part.isUnknown() ? ConfigValue.UNKNOWN : part.keys();
    }

    static Object document(Object target, Object path) {
        return block(target).at((String) path).document();
    }

    static Object documents(Object target, Object path) {
        return block(target).at((String) path).documents();
    }

    static Object statements(Object target, Object path) {
        return ofPolicy(target, path, List.of(), IamStatements::of);
    }

    static Object trusts(Object target, Object path) {
        return ofPolicy(target, path, List.of(), Trusts::of);
    }

    static Object isTrustPolicy(Object target, Object path) {
        return ofPolicy(target, path, true, Trusts::isAccepted);
    }

    static Object trustsSubject(Object target, Object path, Object subject) {
        return ofPolicy(target, path, false, policy -> Trusts.trustsSubject(policy, (String) subject));
    }

    static Object trustsPods(Object target, Object path, Object association) {
        return ofPolicy(target, path, false, policy -> Trusts.trustsPods(policy, block(association)));
    }

    private static Object ofPolicy(Object target, Object path, Object without, Function<ConfigValue, Object> question) {
        Object document = document(target, path);
        return document instanceof ConfigValue policy
                ? question.apply(policy)
                : document instanceof NullValue ? without : ConfigValue.UNKNOWN;
    }

    static Object permissions(Object resource) {
        return IdentityPolicies.statements((GuardedResource) resource);
    }

    static Object managedPolicies(Object resource) {
        return IdentityPolicies.managed((GuardedResource) resource);
    }

    static Object serviceAccounts(Object resource) {
        return ServiceAccountRoles.of((GuardedResource) resource);
    }

    static Object podIdentities(Object resource) {
        return AddOnServiceAccounts.podIdentities((GuardedResource) resource);
    }

    /** Whether a statement is open to every AWS account, see {@link OpenStatement}. */
    static Object isOpenToEverybody(Object statement) {
        return ThreeValued.toCel(OpenStatement.toEverybody(block(statement)));
    }

    /** Whether a statement allows an action, whatever its conditions. */
    static Object allows(Object statement, Object action) {
        ConfigValue block = block(statement);
        if (!"Allow".equals(block.at("effect").toCel())) {
            return false;
        }
        List<ConfigValue> except = block.at("notActions").elements();
        return ThreeValued.toCel(
                except.isEmpty()
                        ? anyGrants(block.at("actions").elements(), action)
                        : anyGrants(except, action).not());
    }

    private static Truth anyGrants(List<ConfigValue> patterns, Object action) {
        return Truth.any(
                patterns, pattern -> pattern.isUnknown() ? Truth.UNKNOWN : Truth.of(grants(pattern.toCel(), action)));
    }

    /** Whether a statement is about every resource. A reference to a resource of the stack is that resource, never {@code *}. */
    static Object onAnyResource(Object statement) {
        return ThreeValued.toCel(Truth.any(block(statement).at("resources").elements(), resource -> {
            String text = resource.node().asText("");
            boolean open = resource.isUnknown()
                    && (text.isEmpty() || OUTSIDE.matcher(text).find());
            return open ? Truth.UNKNOWN : Truth.of(text.equals("*"));
        }));
    }

    /** Whether an IAM pattern with {@code *} and {@code ?} covers a name, ignoring case as for IAM actions. */
    static boolean grants(Object pattern, Object name) {
        return Wildcards.match(((String) pattern).toLowerCase(Locale.ROOT), ((String) name).toLowerCase(Locale.ROOT));
    }

    static Object resources(Object scope, Object type) {
        return ((ResourceIndex) scope).resources((String) type);
    }

    static Object namesOtherAccount(Object scope, Object text) {
        return ThreeValued.toCel(((ResourceIndex) scope).namesOtherAccount((String) text));
    }

    static Object referrers(Object scope, Object resource) {
        return ((ResourceIndex) scope).referrers((GuardedResource) resource);
    }

    static Object ingress(Object target) {
        return SecurityGroupRules.of(block(target), "ingress");
    }

    static Object egress(Object target) {
        return SecurityGroupRules.of(block(target), "egress");
    }

    /** The text that is encoded in base64, such as user data; any other text unchanged. */
    static Object decoded(Object text) {
        try {
            return new String(
                    Base64.getDecoder().decode(((String) text).strip().replaceAll("\\R", "")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    static Object address(Object resource) {
        return ((GuardedResource) resource).address();
    }

    /** The values of a resource before the change, null when it is new. */
    static Object former(Object resource) {
        return ((GuardedResource) resource)
                .former()
                .<Object>map(GuardedResource::values)
                .orElse(NullValue.NULL_VALUE);
    }

    /** Whether a version of an EKS add-on is known not to run on clusters of a Kubernetes minor version. */
    static Object lacksSupport(Object addon, Object version, Object minor) {
        return EksAddonReleases.get().supports((String) addon, (String) version, ((Number) minor).intValue())
                == Truth.FALSE;
    }

    static Object is(Object resource, Object type) {
        GuardedResource subject = (GuardedResource) resource;
        return subject.isUnseen()
                ? ConfigValue.UNKNOWN
                : (Object) subject.type().equals(type);
    }

    /** Whether an attribute names another resource of the same stack, by reference or by its id, ARN or name. */
    static Object refersTo(Object target, Object path, Object resource) {
        ConfigValue part = block(target).at((String) path);
        GuardedResource other = (GuardedResource) resource;
        String text = part.writtenNode().toString();
        if (other.isUnseen()) {
            return MANAGED_POLICY.matcher(part.node().asText("")).matches() ? false : (Object) ConfigValue.UNKNOWN;
        }
        if (names(text, other.configAddress())) {
            return true;
        }
        if (TerraformText.hasExpression(text)) {
            return OUTSIDE.matcher(text).find() ? ConfigValue.UNKNOWN : (Object) false;
        }
        if (part.isUnknown()) {
            return ConfigValue.UNKNOWN;
        }
        for (ConfigValue element : part.elements()) {
            Object value = element.toCel();
            for (String identity : List.of("id", "arn", "name")) {
                Object known = other.values().at(identity).toCel();
                if (known instanceof String && known.equals(value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a text holds an address, and not just as part of a longer one. */
    private static boolean names(String text, String address) {
        int at = text.indexOf(address);
        while (at >= 0) {
            int end = at + address.length();
            boolean startsThere = at == 0 || !isNamePart(text.charAt(at - 1)) && text.charAt(at - 1) != '.';
            if (startsThere && (end == text.length() || !isNamePart(text.charAt(end)))) {
                return true;
            }
            at = text.indexOf(address, at + 1);
        }
        return false;
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c == '-' || Character.isLetterOrDigit(c);
    }

    static Object pods(Object target) {
        return PodSpecs.pods(objects(target));
    }

    static Object containers(Object target) {
        return PodSpecs.containers(target instanceof ConfigValue pod ? List.of(pod) : pods(target));
    }

    /** The Kubernetes objects of a resource as manifests; none for any other resource. */
    static Object objects(Object target) {
        return KubernetesObjects.of(manifest(target));
    }

    /** The Kubernetes object of a resource as a manifest; null for any other resource. */
    static Object object(Object target) {
        return manifest(target).toCel();
    }

    /** The Kubernetes objects of a kind in a scope. */
    static Object objectsOfKind(Object scope, Object kind) {
        return ((ResourceIndex) scope).objects((String) kind);
    }

    private static ConfigValue manifest(Object target) {
        GuardedResource resource = (GuardedResource) target;
        return resource.values().kubernetesObject(resource.type());
    }

    static Object major(Object version) {
        return number(version, 1);
    }

    static Object minor(Object version) {
        return number(version, 2);
    }

    static Object standardSupportDays(Object version, Object today) {
        return daysUntil(version, today, Release::standardUntil);
    }

    static Object extendedSupportDays(Object version, Object today) {
        return daysUntil(version, today, Release::extendedUntil);
    }

    /** The days left; endless for a version that is too new for the calendar, and over for one that is too old. */
    private static Object daysUntil(Object version, Object today, Function<Release, LocalDate> end) {
        KubernetesReleases calendar = KubernetesReleases.get();
        int minor = Math.toIntExact((Long) minor(version));
        long unlisted = minor > calendar.newest().minor() ? Long.MAX_VALUE : Long.MIN_VALUE;
        return calendar.release(minor)
                .map(release -> ChronoUnit.DAYS.between(LocalDate.parse((String) today), end.apply(release)))
                .orElse(unlisted);
    }

    private static Object number(Object version, int group) {
        Matcher matcher = VERSION.matcher(version.toString());
        if (!matcher.find()) {
            throw new IllegalArgumentException("\"" + version + "\" is not a version");
        }
        return Long.parseLong(Optional.ofNullable(matcher.group(group)).orElse("0"));
    }

    static Object parse(Object text) {
        return ConfigValue.document((String) text);
    }

    /** Whether a CIDR is the internet or a large part of it. */
    static Object openCidr(Object cidr) {
        return Networks.isOpen((String) cidr);
    }

    /** Whether CIDRs, a list or a text with commas, together are the internet or a large part of it. */
    static Object openCidrs(Object cidrs) {
        List<?> list = cidrs instanceof String text ? List.of(text.split(",")) : (List<?>) cidrs;
        return ThreeValued.toCel(Networks.areOpen(list));
    }

    /** Whether a text, or a value anywhere in a block, is a secret by its name or shape. */
    static Object holdsSecret(Object target) {
        if (target instanceof String text) {
            return PlainSecrets.inText(text);
        }
        return ThreeValued.toCel(
                target instanceof List<?> parts
                        ? SecretSearch.holdsSecret(parts)
                        : SecretSearch.holdsSecret(block(target)));
    }

    static ConfigValue block(Object target) {
        if (target instanceof ConfigValue block) {
            return block;
        }
        if (target instanceof GuardedResource subject) {
            return subject.values();
        }
        if (target instanceof NullValue) {
            return ConfigValue.nothing();
        }
        throw new IllegalArgumentException("a resource or a block is needed, not " + target);
    }

    static List<Object> toCel(List<ConfigValue> blocks) {
        List<Object> values = new ArrayList<>(blocks.size());
        blocks.forEach(block -> values.add(block.toCel()));
        return values;
    }
}
