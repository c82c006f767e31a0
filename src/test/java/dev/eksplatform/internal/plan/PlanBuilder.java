package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.testing.TestJson;
import org.jspecify.annotations.Nullable;

/**
 * A plan for a test: changes and drift of resources of the root module. Values of resources are maps, or JSON. Each method returns
 * another plan, so that several plans can begin alike.
 */
public final class PlanBuilder {

    private final ObjectNode plan;

    private PlanBuilder(ObjectNode plan) {
        this.plan = plan;
    }

    /** A plan that changes nothing. */
    public static PlanBuilder empty() {
        ObjectNode plan = JsonNodeFactory.instance.objectNode().put("format_version", "1.2");
        plan.putObject("planned_values");
        plan.putArray("resource_changes");
        return new PlanBuilder(plan);
    }

    /** A resource is created. */
    public PlanBuilder create(String address, Object after) {
        return with("resource_changes", change(address, "create", null, after));
    }

    /** A resource is updated in place. */
    public PlanBuilder update(String address, Object before, Object after) {
        return with("resource_changes", change(address, "update", before, after));
    }

    /** A resource is replaced, the old object first. */
    public PlanBuilder replace(String address, Object before, Object after) {
        ObjectNode replaced = change(address, "delete", before, after);
        replaced.withArray("/change/actions").add("create");
        return with("resource_changes", replaced);
    }

    /** A resource is deleted. */
    public PlanBuilder delete(String address, Object before) {
        return with("resource_changes", change(address, "delete", before, null));
    }

    /** A deposed object of a resource is deleted. */
    public PlanBuilder deleteDeposed(String address, String key, Object before) {
        return with("resource_changes", change(address, "delete", before, null).put("deposed", key));
    }

    /** A resource stays as it is. */
    public PlanBuilder keep(String address, Object value) {
        return with("resource_changes", change(address, "no-op", value, value));
    }

    /** A resource was changed outside of Terraform. */
    public PlanBuilder changedOutside(String address, Object before, Object after) {
        return with("resource_drift", change(address, "update", before, after));
    }

    /** A resource was deleted outside of Terraform. */
    public PlanBuilder deletedOutside(String address, Object before) {
        return with("resource_drift", change(address, "delete", before, null));
    }

    /** The configuration sets these attributes of a resource to constants. */
    public PlanBuilder configured(String address, Object constants) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("address", address);
        ObjectNode expressions = resource.putObject("expressions");
        TestJson.tree(constants).properties().forEach(constant -> expressions
                .putObject(constant.getKey())
                .set("constant_value", constant.getValue()));
        PlanBuilder copy = new PlanBuilder(plan.deepCopy());
        ArrayNode resources = copy.plan.withArray("/configuration/root_module/resources");
        resources.add(resource);
        return copy;
    }

    /** The plan, read as the product reads one. */
    public Plan build() {
        return PlanFiles.of(plan.toString());
    }

    private PlanBuilder with(String list, ObjectNode change) {
        PlanBuilder copy = new PlanBuilder(plan.deepCopy());
        copy.plan.withArray("/" + list).add(change);
        return copy;
    }

    private static ObjectNode change(String address, String action, @Nullable Object before, @Nullable Object after) {
        int dot = address.indexOf('.');
        ObjectNode resource = JsonNodeFactory.instance
                .objectNode()
                .put("address", address)
                .put("mode", "managed")
                .put("type", address.substring(0, dot))
                .put("name", address.substring(dot + 1));
        ObjectNode change = resource.putObject("change");
        change.putArray("actions").add(action);
        change.set("before", TestJson.tree(before));
        change.set("after", TestJson.tree(after));
        return resource;
    }
}
