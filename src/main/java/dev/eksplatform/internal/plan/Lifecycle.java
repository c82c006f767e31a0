package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a resource's {@code lifecycle} block says about its changes.
 *
 * @param createBeforeDestroy whether the new object is created before the old one is deleted
 * @param preventDestroy whether Terraform refuses to plan what destroys it
 * @param ignoresAll whether no change of its attributes counts
 * @param ignored the attributes whose changes do not count, each as its steps
 * @param replaceTriggeredBy the references whose change replaces it, such as {@code terraform_data.revision}
 * @see <a href="https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle">lifecycle</a>
 */
record Lifecycle(
        boolean createBeforeDestroy,
        boolean preventDestroy,
        boolean ignoresAll,
        List<List<String>> ignored,
        List<String> replaceTriggeredBy) {

    /** What belongs to Terraform, not to the object: a difference only in it changes no object. */
    private static final List<String> META =
            List.of("lifecycle", "depends_on", "provider", "provisioner", "connection", "//");

    private static final Pattern STEP = Pattern.compile("\\[\\s*\"([^\"]*)\"\\s*]|\\[\\s*(\\d+)\\s*]|([\\w-]+)");

    static Lifecycle of(Resource resource) {
        JsonNode block = resource.values().path("lifecycle");
        JsonNode lifecycle = block.isArray() ? block.path(0) : block;
        JsonNode ignored = lifecycle.path("ignore_changes");
        List<List<String>> paths = new ArrayList<>();
        ignored.forEach(path -> paths.add(steps(bare(path.asText()))));
        List<String> triggers = new ArrayList<>();
        lifecycle.path("replace_triggered_by").forEach(reference -> triggers.add(bare(reference.asText())));
        boolean all = bare(ignored.asText("")).equals("all") || paths.contains(List.of("all"));
        return new Lifecycle(
                lifecycle.path("create_before_destroy").asBoolean(),
                lifecycle.path("prevent_destroy").asBoolean(),
                all,
                List.copyOf(paths),
                List.copyOf(triggers));
    }

    /** JSON configuration may write a reference as it is, or as the only expression of a text. */
    private static String bare(String reference) {
        String text = reference.strip();
        return text.startsWith("${") && text.endsWith("}")
                ? text.substring(2, text.length() - 1).strip()
                : text;
    }

    /** Splits {@code spec[0].labels["a"]} into {@code spec, 0, labels, a}. */
    static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            String key = matcher.group(1);
            String index = matcher.group(2);
            steps.add(key != null ? key : index != null ? index : matcher.group(3));
        }
        return steps;
    }

    /** The attributes of a resource without what belongs to Terraform. */
    static JsonNode attributes(Resource resource) {
        return resource.values() instanceof ObjectNode object
                ? object.deepCopy().without(META)
                : resource.values();
    }

    /** The attributes as they will be: those whose changes are ignored stay as they are. */
    JsonNode planned(JsonNode before, JsonNode after) {
        if (ignoresAll) {
            return before;
        }
        JsonNode planned = ignored.isEmpty() ? after : after.deepCopy();
        ignored.forEach(path -> keep(before, planned, path));
        return planned;
    }

    private static void keep(JsonNode before, JsonNode after, List<String> path) {
        JsonNode from = before;
        JsonNode to = after;
        for (int i = 0; i < path.size() - 1; i++) {
            from = step(from, path.get(i));
            to = step(to, path.get(i));
        }
        if (path.isEmpty() || !(to instanceof ObjectNode object)) {
            return;
        }
        JsonNode kept = from.path(path.get(path.size() - 1));
        if (kept.isMissingNode()) {
            object.remove(path.get(path.size() - 1));
        } else {
            object.set(path.get(path.size() - 1), kept);
        }
    }

    /** A block that may occur once is written with or without the list around it. */
    static JsonNode step(JsonNode node, String step) {
        boolean index = step.matches("[0-9]{1,9}");
        if (node.isArray()) {
            return index ? node.path(Integer.parseInt(step)) : node.path(0).path(step);
        }
        return index && step.equals("0") && !node.has(step) ? node : node.path(step);
    }
}
