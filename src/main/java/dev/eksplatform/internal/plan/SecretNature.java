package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Finds what is secret although nothing flags it. */
final class SecretNature {

    private static final List<String> PASSWORDS = List.of("password", "passwd", "passphrase");

    private static final List<String> SECRET_NAMES = List.of(
            "password",
            "passwd",
            "passphrase",
            "token",
            "apikey",
            "secretkey",
            "secretaccesskey",
            "privatekey",
            "clientsecret",
            "connectionstring",
            "credentials");

    /** Names that end like a secret but hold a reference or a setting. */
    private static final Set<String> NOT_SECRET = Set.of("clientrequesttoken", "automountserviceaccounttoken");

    private SecretNature() {}

    static void collect(String type, JsonNode values, Secrets.Collector into) {
        if (type.startsWith("kubernetes_secret")) {
            List.of("data", "data_wo", "binary_data", "binary_data_wo")
                    .forEach(attribute -> into.add(values.path(attribute)));
        } else if (type.equals("kubernetes_manifest")) {
            List.of("manifest", "object").forEach(attribute -> manifest(values.path(attribute), into));
        } else if (type.equals("helm_release")) {
            List.of("set_sensitive", "set_wo")
                    .forEach(attribute -> values.path(attribute).forEach(set -> into.add(set.path("value"))));
            into.add(values.path("repository_password"));
            values.path("values").forEach(text -> {
                if (into.isNew(text.asText(""))) {
                    EmbeddedDocument.yaml(text.asText("")).ifPresent(yaml -> named(yaml, into));
                }
            });
        }
        named(values, into);
    }

    private static void manifest(JsonNode manifest, Secrets.Collector into) {
        if ("Secret".equals(manifest.path("kind").asText())) {
            into.add(manifest.path("data"));
            into.add(manifest.path("stringData"));
        }
    }

    /** Texts under a name that says secret: a property, or an entry such as {@code {name: DB_PASSWORD, value: ...}}. */
    private static void named(JsonNode node, Secrets.Collector into) {
        if (node.isObject()) {
            JsonNode value = node.path("value");
            String name = node.path("name").asText("");
            if (value.isTextual() && isSecretName(name)) {
                addUnlessSetting(name, value, into);
            }
            node.properties().forEach(entry -> {
                if (entry.getValue().isTextual() && isSecretName(entry.getKey())) {
                    addUnlessSetting(entry.getKey(), entry.getValue(), into);
                }
                named(entry.getValue(), into);
            });
        } else if (node.isArray()) {
            node.forEach(element -> named(element, into));
        } else if (node.isTextual()) {
            String text = node.textValue();
            if (text.startsWith("{") && into.isNew(text)) {
                EmbeddedDocument.json(text).ifPresent(inner -> named(inner, into));
            }
        }
    }

    static boolean isSecretName(String name) {
        String plain = plain(name);
        return endsWith(plain, SECRET_NAMES) && !NOT_SECRET.contains(plain);
    }

    private static boolean endsWith(String plain, List<String> endings) {
        for (String ending : endings) {
            if (plain.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** Letters and digits, in lower case. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = Character.toLowerCase(name.charAt(i));
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** An expression, a word such as {@code required} or the name of another key is not a secret itself. */
    private static void addUnlessSetting(String name, JsonNode value, Secrets.Collector into) {
        String text = value.textValue();
        boolean word = text.matches("[a-z]{1,12}") && !endsWith(plain(name), PASSWORDS);
        if (!word && !text.contains("${") && !isSecretName(text)) {
            into.addText(text);
        }
    }
}
