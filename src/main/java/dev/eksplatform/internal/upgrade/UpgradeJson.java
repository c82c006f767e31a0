package dev.eksplatform.internal.upgrade;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An upgrade in JSON, for programs. */
public final class UpgradeJson {

    /** The version of the format; a new major when a reader of the old one would misread it. */
    private static final String FORMAT = "1.0";

    private UpgradeJson() {}

    /**
     * Writes an upgrade.
     *
     * @param upgrade the upgrade
     * @param written whether the file was changed
     * @return JSON that ends with a line break
     */
    public static String render(Upgrade upgrade, boolean written) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("file", upgrade.file().toString());
        root.put("from", upgrade.from().toString());
        root.put("to", upgrade.to().toString());
        root.put("written", written);
        root.put("changes", upgrade.changes().stream().map(UpgradeJson::change).toList());
        root.put("blockers", problems(upgrade.blockers()));
        root.put("notes", problems(upgrade.notes()));
        root.put(
                "notChecked",
                upgrade.unchecked().stream()
                        .map(one -> Map.of("what", one.what(), "command", one.command()))
                        .toList());
        return Json.pretty(root) + "\n";
    }

    private static Map<String, Object> change(Upgrade.Change change) {
        Map<String, Object> object = place(change.place());
        object.put("from", change.from());
        object.put("to", change.to());
        return object;
    }

    private static List<Map<String, Object>> problems(List<Problem> problems) {
        return problems.stream().map(UpgradeJson::problem).toList();
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> object = place(problem.place());
        object.put("found", problem.found());
        problem.allowed().ifPresent(allowed -> object.put("allowed", allowed));
        object.put("fix", problem.fix());
        return object;
    }

    private static Map<String, Object> place(Place place) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (place instanceof Place.InFile inFile) {
            object.put("file", inFile.position().file());
            object.put("line", inFile.position().line());
            object.put("column", inFile.position().column());
            object.put("path", inFile.path().toString());
        } else {
            object.put("place", place.toString());
        }
        return object;
    }
}
