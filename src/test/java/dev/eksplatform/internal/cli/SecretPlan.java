package dev.eksplatform.internal.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A plan with random secrets, each known to be one from some place, and written elsewhere in one or two random encodings. */
final class SecretPlan {

    private static final int SECRETS = 40;

    private static final String CHARACTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ éü€😀";

    private final Random random;
    private final List<String> secrets = new ArrayList<>();
    private final ObjectNode plan = JsonNodeFactory.instance.objectNode();

    private final List<UnaryOperator<String>> encodings = List.of(
            text -> text,
            text -> quoted(text),
            text -> JsonNodeFactory.instance.objectNode().put("p", text).toString(),
            text -> quoted(text).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"),
            text -> text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining()),
            text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
            text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
            text -> lowerHex(URLEncoder.encode(text, StandardCharsets.UTF_8)),
            text -> percent(text),
            text -> text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;"),
            text -> text.codePoints().mapToObj(c -> "&#" + c + ";").collect(Collectors.joining()),
            text -> text.codePoints()
                    .mapToObj(c -> "&#x" + Integer.toHexString(c) + ";")
                    .collect(Collectors.joining()),
            text -> base64(Base64.getEncoder(), text),
            text -> base64(Base64.getUrlEncoder(), text),
            text -> base64(Base64.getEncoder().withoutPadding(), text),
            text -> base64(Base64.getMimeEncoder(), text),
            text -> base64(Base64.getMimeEncoder(64, "\n      ".getBytes(StandardCharsets.UTF_8)), text),
            text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)),
            text -> folded(text),
            text -> "|\n    " + folded(text).replace("\n", "\n    "),
            text -> zipped(text));

    SecretPlan(long seed) {
        random = new Random(seed);
        plan.put("format_version", "1.2");
        plan.putObject("planned_values");
        plan.putArray("resource_changes");
        for (int i = 0; i < SECRETS; i++) {
            String secret = secret();
            secrets.add(secret);
            know(i, secret);
            repeat(i, encoded(encoded(secret)));
        }
    }

    byte[] json() {
        return plan.toString().getBytes(StandardCharsets.UTF_8);
    }

    List<String> secrets() {
        return secrets;
    }

    private String secret() {
        int[] characters = CHARACTERS.codePoints().toArray();
        StringBuilder secret = new StringBuilder("S3c");
        int length = 8 + random.nextInt(30);
        for (int i = 0; i < length; i++) {
            secret.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return secret.append("9x").toString();
    }

    private String encoded(String text) {
        return encodings.get(random.nextInt(encodings.size())).apply(text);
    }

    /** Puts a secret where Terraform, or its kind, says that it is one. */
    private void know(int i, String secret) {
        ObjectNode root = plan.withObject("/configuration/root_module");
        switch (random.nextInt(13)) {
            case 0 -> change("x_y", "k" + i).set("after", flagged(i, "after_sensitive", secret));
            case 1 -> change("x_y", "k" + i).set("before", flagged(i, "before_sensitive", secret));
            case 2 -> {
                ObjectNode change = change("x_y", "k" + i);
                change.putObject("after").putArray("list").addObject().put("v", secret);
                change.putObject("after_sensitive").put("list", true);
            }
            case 3 -> {
                ObjectNode change = change("x_y", "k" + i);
                change.putObject("after").put("v", secret);
                change.put("after_sensitive", true);
            }
            case 4 -> {
                ObjectNode output = plan.withObject("/output_changes").putObject("o" + i);
                output.putArray("actions").add("create");
                output.put("after", secret).put("after_sensitive", true);
            }
            case 5 -> {
                plan.withObject("/variables").putObject("v" + i).put("value", secret);
                root.withObject("/variables")
                        .putObject("v" + i)
                        .put(random.nextBoolean() ? "sensitive" : "ephemeral", true);
            }
            case 6 -> {
                ObjectNode call = root.withObject("/module_calls").putObject("m" + i);
                call.putObject("expressions").putObject("pin").put("constant_value", secret);
                call.putObject("module").putObject("variables").putObject("pin").put("sensitive", true);
            }
            case 7 -> {
                plan.withObject("/variables").putObject("v" + i).put("value", secret);
                ObjectNode call = root.withObject("/module_calls").putObject("m" + i);
                call.putObject("expressions")
                        .putObject("pin")
                        .putArray("references")
                        .add("var.v" + i);
                call.putObject("module").putObject("variables").putObject("pin").put("sensitive", true);
            }
            case 8 ->
                plan.withObject("/configuration/provider_config")
                        .putObject("p" + i)
                        .putObject("expressions")
                        .putArray("registries")
                        .addObject()
                        .putObject("password")
                        .put("constant_value", secret);
            case 9 -> {
                ObjectNode resource = plan.withArray("/prior_state/values/root_module/resources")
                        .addObject();
                resource.put("type", "x_y").putObject("values").put("v", secret);
                resource.putObject("sensitive_values").put("v", true);
            }
            case 10 -> {
                ObjectNode action = plan.withArray("/action_invocations").addObject();
                action.put("address", "action.x_y.a" + i).put("type", "x_y");
                action.putObject("config_values").put("v", secret);
                action.putObject("config_sensitive").put("v", true);
            }
            case 11 ->
                change("kubernetes_secret_v1", "k" + i)
                        .putObject("after")
                        .putObject("data")
                        .put("v", secret);
            default -> {
                ObjectNode block = root.withArray("/resources").addObject();
                block.put("address", "x_y.k" + i).put("type", "x_y");
                block.putObject("expressions").putObject("pin").put("constant_value", secret);
                change("x_y", "k" + i).putObject("after_sensitive").put("pin", true);
            }
        }
    }

    private ObjectNode flagged(int i, String marks, String secret) {
        ObjectNode changes = (ObjectNode) plan.path("resource_changes")
                .get(plan.path("resource_changes").size() - 1)
                .path("change");
        changes.putObject(marks).put("v" + i, true);
        return JsonNodeFactory.instance.objectNode().put("v" + i, secret);
    }

    private ObjectNode change(String type, String name) {
        ObjectNode resource = plan.withArray("/resource_changes").addObject();
        resource.put("address", type + "." + name)
                .put("mode", "managed")
                .put("type", type)
                .put("name", name);
        ObjectNode change = resource.putObject("change");
        change.putArray("actions").add("update");
        change.putObject("before");
        change.putObject("after");
        return change;
    }

    /** Writes a text where nothing says that it is secret. */
    private void repeat(int i, String text) {
        String within = random.nextBoolean() ? text : "see " + text + " there";
        switch (random.nextInt(6)) {
            case 0 ->
                ((ObjectNode) change("aws_vpc", "r" + i).path("after"))
                        .putObject("tags")
                        .put("Note", within);
            case 1 -> ((ObjectNode) change("aws_launch_template", "r" + i).path("after")).put("user_data", within);
            case 2 ->
                ((ObjectNode) change("helm_release", "r" + i).path("after"))
                        .putArray("values")
                        .add("note: " + quoted(within) + "\n");
            case 3 -> {
                ObjectNode output = plan.withObject("/output_changes").putObject("r" + i);
                output.putArray("actions").add("create");
                output.put("after", within);
            }
            case 4 -> {
                ObjectNode check = plan.withArray("/checks").addObject();
                check.putObject("address").put("to_display", "check.c" + i);
                check.put("status", "fail")
                        .putArray("instances")
                        .addObject()
                        .putArray("problems")
                        .addObject()
                        .put("message", within);
            }
            default -> change("aws_x", "r" + i + "[" + quoted(within) + "]");
        }
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static String lowerHex(String percent) {
        StringBuilder lower = new StringBuilder(percent);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) == '%') {
                lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
            }
        }
        return lower.toString();
    }

    private static String percent(String text) {
        return HexFormat.of().withPrefix("%").formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private String base64(Base64.Encoder encoder, String text) {
        String around = "#!x".substring(0, random.nextInt(4));
        return encoder.encodeToString((around + text + around).getBytes(StandardCharsets.UTF_8));
    }

    private String folded(String text) {
        int middle = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
        return text.substring(0, middle) + (random.nextBoolean() ? "\n" : "\r\n   ") + text.substring(middle);
    }

    private static String zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
