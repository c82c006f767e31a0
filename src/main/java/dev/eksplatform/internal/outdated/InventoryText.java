package dev.eksplatform.internal.outdated;

import dev.eksplatform.internal.outdated.VersionInventory.Table;
import dev.eksplatform.internal.outdated.VersionItem.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An inventory as text for a terminal, each version at its line. */
public final class InventoryText {

    private InventoryText() {}

    /**
     * Writes an inventory.
     *
     * @param all whether to list what is current or unknown, which is always counted
     * @return lines, each with a line break at its end; the last two count and give the age of the data
     */
    public static String render(VersionInventory inventory, boolean all) {
        StringBuilder out = new StringBuilder();
        for (VersionItem item : all ? inventory.items() : inventory.in(State.OUTDATED)) {
            out.append(block(item));
        }
        List<String> counts = new ArrayList<>();
        int outdated = inventory.in(State.OUTDATED).size();
        counts.add(outdated == 0 ? "nothing outdated" : outdated + " outdated");
        counts.add(inventory.in(State.CURRENT).size() + " current");
        counts.add(inventory.in(State.UNKNOWN).size() + " unknown");
        out.append(String.join(", ", counts)).append(all ? "\n" : " (--all lists them)\n");
        return out.append("data: ")
                .append(VersionInventory.tables().stream()
                        .map(InventoryText::table)
                        .collect(Collectors.joining(", ")))
                .append('\n')
                .toString();
    }

    private static String table(Table table) {
        return table.content() + " of " + table.day();
    }

    private static String block(VersionItem item) {
        StringBuilder out = new StringBuilder(item.position() + ": "
                + item.state().word() + ": " + (item.kind().of(item.name()) + " " + item.has()).strip());
        item.newest()
                .filter(newest -> !newest.equals(item.has()))
                .ifPresent(newest -> out.append(", newest " + newest));
        out.append("\n    property: ").append(item.property());
        out.append("\n    why: ").append(item.why()).append('\n');
        item.fix().ifPresent(fix -> out.append("    fix: ").append(fix).append('\n'));
        return out.append('\n').toString();
    }
}
