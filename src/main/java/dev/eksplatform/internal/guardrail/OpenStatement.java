package dev.eksplatform.internal.guardrail;

import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.logic.Truth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Statements of trust and resource policies that are open to every AWS account: they allow something to {@code *}, or to all
 * but a few, and no condition says who that is. {@code limiting-keys.txt} has the keys that do.
 */
final class OpenStatement {

    private static final Map<String, String> LIMITING = ProgramFile.read(OpenStatement.class, "limiting-keys.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(column -> column[0], column -> column[1]));

    /** The least length of a prefix that is not nearly everything. */
    private static final int SHORTEST_PREFIX = 3;

    private OpenStatement() {}

    /** Whether a statement, in the form of {@link IamStatements}, is open to everybody. */
    static Truth toEverybody(ConfigValue statement) {
        Truth everybody = Truth.any(statement.at("principals").elements(), principal -> ThreeValued.equal(
                                principal.at("type").toCel(), "AWS")
                        .and(ThreeValued.equal(principal.at("value").toCel(), "*")))
                .or(Truth.of(!statement.at("notPrincipals").elements().isEmpty()));
        return ThreeValued.equal(statement.at("effect").toCel(), "Allow")
                .and(everybody)
                .and(Truth.any(statement.at("conditions").elements(), OpenStatement::limits)
                        .not());
    }

    private static Truth limits(ConfigValue condition) {
        Object key = condition.at("key").toCel();
        if (!(key instanceof String name)) {
            return Truth.UNKNOWN;
        }
        String values = LIMITING.get(name.toLowerCase(Locale.ROOT));
        String test = String.valueOf(condition.at("test").toCel());
        boolean required = Boolean.FALSE.equals(condition.at("ifExists").toCel())
                && !"ForAllValues".equals(condition.at("set").toCel())
                && !test.contains("Not")
                && !test.equals(Comparison.NULL.text());
        if (values == null || !required) {
            return Truth.FALSE;
        }
        boolean patterns = test.endsWith("Like") || test.startsWith("Arn");
        List<ConfigValue> all = condition.at("values").elements();
        return Truth.of(!all.isEmpty()).and(Truth.all(all, value -> limits(values, value, patterns)));
    }

    private static Truth limits(String values, ConfigValue value, boolean patterns) {
        Object text = value.toCel();
        if (!(text instanceof String known)) {
            // a value compared as a whole limits, whatever it is
            return patterns || values.equals("cidr") ? Truth.UNKNOWN : Truth.TRUE;
        }
        return Truth.of(
                switch (values) {
                    case "cidr" -> isSmall(known);
                    case "arn" -> !patterns || namesAccount(known);
                    case "path" -> !patterns || known.matches("o-[a-z0-9]+/.*");
                    default -> !patterns || !(known.contains("*") || known.contains("?"));
                });
    }

    private static boolean isSmall(String cidr) {
        int slash = cidr.indexOf('/');
        return slash < 0 || Integer.parseInt(cidr.substring(slash + 1)) >= SHORTEST_PREFIX;
    }

    private static boolean namesAccount(String arn) {
        String[] part = arn.split(":", 6);
        return part.length == 6
                && (part[4].matches("[0-9]{12}") || part[2].equals("s3") && part[5].matches("[^*?]+.*"));
    }
}
