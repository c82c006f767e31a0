package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cel.common.values.NullValue;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ServiceAccounts that a resource creates or annotates, an EKS add-on included, with the role in their annotation: {@code namespace}, {@code
 * name}, {@code role} (absent without an annotation). A chart creates one for each {@code serviceAccount} in its values that
 * has the annotation; without a {@code name} there, its name is unknown.
 */
final class ServiceAccountRoles {

    private static final String ANNOTATION = "eks.amazonaws.com/role-arn";
    private static final String ANNOTATIONS = "annotations.'" + ANNOTATION + "'";

    private final List<Object> found = new ArrayList<>();

    private ServiceAccountRoles() {}

    static Object of(GuardedResource resource) {
        ServiceAccountRoles roles = new ServiceAccountRoles();
        ConfigValue values = resource.values();
        if (resource.type().equals("helm_release")) {
            return roles.ofChart(values) ? roles.found : ConfigValue.UNKNOWN;
        }
        if (resource.type().equals("kubernetes_annotations")) {
            if (values.at("kind").isUnknown()) {
                return ConfigValue.UNKNOWN;
            }
            if ("ServiceAccount".equals(values.at("kind").toCel())) {
                roles.add(values.at("metadata.namespace"), values.at("metadata.name"), values.at(ANNOTATIONS));
            }
            return roles.found;
        }
        if (resource.type().equals("aws_eks_addon")) {
            roles.ofAddOn(values);
            return roles.found;
        }
        Object objects = KubernetesObjects.of(values.kubernetesObject(resource.type()));
        if (!(objects instanceof List<?> list)) {
            return ConfigValue.UNKNOWN;
        }
        for (Object each : list) {
            if (!(each instanceof ConfigValue object) || object.at("kind").isUnknown()) {
                roles.found.add(ConfigValue.UNKNOWN);
            } else if ("ServiceAccount".equals(object.at("kind").toCel())) {
                roles.add(
                        object.at("metadata.namespace"),
                        object.at("metadata.name"),
                        object.at("metadata." + ANNOTATIONS));
            }
        }
        return roles.found;
    }

    /** EKS annotates the ServiceAccount of an add-on, whose name is known for some of them. */
    private void ofAddOn(ConfigValue addOn) {
        ConfigValue role = addOn.at("service_account_role_arn");
        if (role.isLeftToProvider() || !role.isUnknown() && role.isAbsent()) {
            return;
        }
        if (addOn.at("addon_name").isUnknown()) {
            found.add(ConfigValue.UNKNOWN);
        } else {
            AddOnServiceAccounts.of(addOn).ifPresent(account -> add(text(account, 0), text(account, 1), role));
        }
    }

    private static ConfigValue text(String account, int part) {
        return ConfigValue.planned(
                TextNode.valueOf(account.split("/")[part]), ValueMarks.NONE, MissingNode.getInstance());
    }

    private void add(ConfigValue namespace, ConfigValue name, ConfigValue role) {
        add(namespace, name, false, role);
    }

    private void add(ConfigValue namespace, ConfigValue name, boolean nameOfChart, ConfigValue role) {
        ObjectNode block = JsonNodeFactory.instance.objectNode();
        Map<String, ValueMarks> unknown = new LinkedHashMap<>();
        put(block, unknown, "namespace", namespace, "default");
        put(block, unknown, "name", name, "");
        if (nameOfChart && name.isAbsent()) {
            unknown.put("name", ValueMarks.WHOLE);
        }
        put(block, unknown, "role", role, null);
        found.add(ConfigValue.planned(block, ValueMarks.of(unknown), MissingNode.getInstance())
                .toCel());
    }

    private static void put(
            ObjectNode block,
            Map<String, ValueMarks> unknown,
            String field,
            ConfigValue value,
            @Nullable String otherwise) {
        if (value.isUnknown()) {
            unknown.put(field, ValueMarks.WHOLE);
        } else if (!value.isAbsent()) {
            block.put(field, value.node().asText());
        } else if (otherwise != null) {
            block.put(field, otherwise);
        }
    }

    private static final String SET = "serviceAccount.annotations.eks\\.amazonaws\\.com/role-arn";

    /** Reads the values that a release sets one by one. */
    private void ofSettings(ConfigValue release) {
        for (ConfigValue setting : release.at("set").elements()) {
            String name = setting.at("name").node().asText("");
            if (name.endsWith(SET)) {
                String account = name.substring(0, name.length() - SET.length()) + "serviceAccount.name";
                ConfigValue named = release.at("set").elements().stream()
                        .filter(other -> other.at("name").node().asText("").equals(account))
                        .map(other -> other.at("value"))
                        .findFirst()
                        .orElse(ConfigValue.nothing());
                add(release.at("namespace"), named, true, setting.at("value"));
            }
        }
    }

    /** Reads the values of a chart; false when they are not known. */
    private boolean ofChart(ConfigValue release) {
        ConfigValue namespace = release.at("namespace");
        if (!release.at("set").isUnknown()) {
            ofSettings(release);
        }
        Object documents = release.at("values").documents();
        if (!(documents instanceof List<?> list)) {
            return false;
        }
        boolean known = true;
        for (Object document : list) {
            if (document instanceof ConfigValue values) {
                chart(namespace, values);
            } else {
                known &= document instanceof String || document instanceof NullValue;
            }
        }
        return known;
    }

    private void chart(ConfigValue namespace, ConfigValue values) {
        for (String key : values.keys()) {
            ConfigValue part = values.at("'" + key + "'");
            JsonNode node = part.node();
            if (!node.isObject() || part.isUnknown()) {
                continue;
            }
            ConfigValue role = part.at(ANNOTATIONS);
            if (key.equals("serviceAccount") && (role.isUnknown() || !role.isAbsent())) {
                add(namespace, part.at("name"), true, role);
            } else {
                chart(namespace, part);
            }
        }
    }
}
