package dev.eksplatform.internal.outdated;

import dev.eksplatform.internal.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An inventory in JSON, for programs. */
public final class InventoryJson {

    /** The version of the format; a new major when a reader of the old one would misread it. */
    private static final String FORMAT = "1.0";

    private InventoryJson() {}

    /**
     * Writes an inventory.
     *
     * @return JSON that ends with a line break: {@code format}, {@code today}, the days of the {@code data}, and
     *     {@code items}
     */
    public static String render(VersionInventory inventory) {
        Map<String, Object> root = new HashMap<>();
        root.put("format", FORMAT);
        root.put("today", inventory.today().toString());
        root.put(
                "data",
                VersionInventory.tables().stream()
                        .collect(Collectors.toMap(VersionInventory.Table::content, table -> table.day()
                                .toString())));
        root.put("items", inventory.items().stream().map(InventoryJson::item).toList());
        return Json.pretty(root) + "\n";
    }

    private static Map<String, Object> item(VersionItem item) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("file", item.position().file());
        fields.put("line", item.position().line());
        fields.put("column", item.position().column());
        fields.put("property", item.property().toString());
        fields.put("kind", item.kind().word());
        fields.put("name", item.name());
        fields.put("has", item.has());
        item.newest().ifPresent(newest -> fields.put("newest", newest));
        fields.put("state", item.state().word());
        fields.put("why", item.why());
        item.fix().ifPresent(fix -> fields.put("fix", fix));
        return fields;
    }
}
