package dev.eksplatform.internal.review;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a plan with many changes, for measuring: {@code LargePlan FILE CHANGES}. A resource in five is replaced, two are
 * changed, one is made and one stays; each is about as large as one of a real platform, and the planned values and the
 * prior state repeat it, as Terraform does.
 */
public final class LargePlan {

    private LargePlan() {}

    /**
     * Writes a plan.
     *
     * @param arguments the file and the number of changes
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            write(out, Integer.parseInt(arguments[1]));
        }
    }

    public static void write(OutputStream out, int changes) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("format_version", "1.2");
            json.writeStringField("terraform_version", "1.11.4");
            json.writeObjectFieldStart("planned_values");
            state(json, changes, true);
            json.writeEndObject();
            json.writeArrayFieldStart("resource_changes");
            for (int i = 0; i < changes; i++) {
                change(json, i);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("prior_state");
            json.writeObjectFieldStart("values");
            state(json, changes, false);
            json.writeEndObject();
            json.writeEndObject();
            json.writeObjectFieldStart("configuration");
            json.writeObjectFieldStart("root_module");
            json.writeArrayFieldStart("resources");
            for (int i = 0; i < changes; i++) {
                configured(json, i);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeStringField("timestamp", "2026-01-01T00:00:00Z");
            json.writeEndObject();
        }
    }

    private static String type(int i) {
        return switch (i % 5) {
            case 0 -> "aws_eks_node_group";
            case 1 -> "aws_iam_role";
            case 2 -> "helm_release";
            case 3 -> "aws_vpc_security_group_ingress_rule";
            default -> "aws_ssm_parameter";
        };
    }

    private static void state(JsonGenerator json, int changes, boolean after) throws IOException {
        json.writeObjectFieldStart("root_module");
        json.writeArrayFieldStart("resources");
        for (int i = 0; i < changes; i++) {
            json.writeStartObject();
            json.writeStringField("address", type(i) + ".r" + i);
            json.writeStringField("type", type(i));
            json.writeStringField("name", "r" + i);
            values(json, "values", i, after);
            sensitive(json, "sensitive_values", i);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void change(JsonGenerator json, int i) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", type(i) + ".r" + i);
        json.writeStringField("mode", "managed");
        json.writeStringField("type", type(i));
        json.writeStringField("name", "r" + i);
        json.writeObjectFieldStart("change");
        json.writeArrayFieldStart("actions");
        boolean created = i % 5 == 3;
        if (i % 5 == 0) {
            json.writeString("delete");
            json.writeString("create");
        } else {
            json.writeString(created ? "create" : i % 5 == 4 ? "no-op" : "update");
        }
        json.writeEndArray();
        if (created) {
            json.writeNullField("before");
        } else {
            values(json, "before", i, false);
        }
        values(json, "after", i, i % 5 != 4);
        json.writeObjectFieldStart("after_unknown");
        json.writeBooleanField("id", i % 5 == 0);
        json.writeEndObject();
        sensitive(json, "before_sensitive", i);
        sensitive(json, "after_sensitive", i);
        if (i % 5 == 0) {
            json.writeArrayFieldStart("replace_paths");
            json.writeStartArray();
            json.writeString("instance_types");
            json.writeEndArray();
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void sensitive(JsonGenerator json, String name, int i) throws IOException {
        json.writeObjectFieldStart(name);
        if (i % 5 == 4) {
            json.writeBooleanField("value", true);
        }
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, String name, int i, boolean after) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("name", "resource-" + i);
        json.writeStringField("arn", "arn:aws:service:eu-central-1:111122223333:thing/resource-" + i);
        json.writeStringField("description", after ? "after " + i : "before " + i);
        json.writeArrayFieldStart("instance_types");
        json.writeString(after ? "m7g.xlarge" : "m7g.large");
        json.writeEndArray();
        json.writeStringField("value", "a-secret-value-" + i);
        json.writeStringField("security_group_id", "sg-" + i);
        json.writeStringField("ip_protocol", "tcp");
        json.writeNumberField("from_port", 1000 + i % 9000);
        json.writeNumberField("to_port", 1000 + i % 9000);
        json.writeStringField("cidr_ipv4", "10.0.0.0/16");
        json.writeStringField(
                "assume_role_policy",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRoleWithWebIdentity\","
                        + "\"Principal\":{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/oidc.example/id/A\"},"
                        + "\"Condition\":{\"StringEquals\":{\"oidc.example/id/A:sub\":\"system:serviceaccount:ns:"
                        + (after ? "new-" : "old-") + i + "\"}}}]}");
        if (i % 5 == 2) {
            json.writeArrayFieldStart("values");
            json.writeString("replicaCount: " + (after ? 3 : 2) + "\nimage:\n  tag: v" + i + "\nresources:\n  limits:\n"
                    + "    cpu: 100m\n    memory: 128Mi\nserviceAccount:\n  create: false\n  name: sa-" + i + "\n");
            json.writeEndArray();
        }
        json.writeObjectFieldStart("tags");
        for (int t = 0; t < 20; t++) {
            json.writeStringField("tag-" + t, "the value of tag " + t + " of resource " + i);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void configured(JsonGenerator json, int i) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", type(i) + ".r" + i);
        json.writeObjectFieldStart("expressions");
        for (String attribute :
                new String[] {"name", "description", "instance_types", "values", "assume_role_policy"}) {
            json.writeObjectFieldStart(attribute);
            json.writeStringField("constant_value", "x");
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
