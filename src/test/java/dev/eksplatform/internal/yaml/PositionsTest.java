package dev.eksplatform.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PositionsTest {

    private static final Positions POSITIONS =
            Binder.bind(YamlDocument.parse("stacks/shop.yaml", """
                            name: corner
                            account: "111122223333"
                            opening-hours:
                              season: summer
                              from: 8
                            payment:
                              bank:
                                account-number: 7
                            suppliers:
                              - name: farm
                                payment: [visa]
                            shelves:
                              top/left.a:
                                goods: [milk, bread]
                            """), Shop.class).positions();

    private static String at(Object... steps) {
        return POSITIONS.at(path(steps)).toString();
    }

    /** The path of keys and indexes. */
    private static PropertyPath path(Object... steps) {
        PropertyPath path = PropertyPath.ROOT;
        for (Object step : steps) {
            path = step instanceof Integer index ? path.index(index) : path.key((String) step);
        }
        return path;
    }

    @Test
    void aPropertyStandsWhereItsValueIs() {
        assertThat(POSITIONS.at(PropertyPath.ROOT))
                .isEqualTo(new Place.InFile(new SourcePosition("stacks/shop.yaml", 1, 1), PropertyPath.ROOT));
        assertThat(at("account")).isEqualTo("stacks/shop.yaml:2:10 account");
        assertThat(at("suppliers", 0, "payment", 0)).isEqualTo("stacks/shop.yaml:11:15 suppliers[0].payment[0]");
        assertThat(at("shelves", "top/left.a", "goods", 1))
                .isEqualTo("stacks/shop.yaml:14:19 shelves[\"top/left.a\"].goods[1]");
    }

    @Test
    void aPropertyThatIsNotInTheFileStandsAtItsNearestOwner() {
        assertThat(at("size", "area")).isEqualTo("stacks/shop.yaml:1:1 size.area");
        assertThat(at("openingHours", "to")).isEqualTo("stacks/shop.yaml:1:1 openingHours.to");
        assertThat(at("opening-hours", "to", 3, "x")).isEqualTo("stacks/shop.yaml:4:3 opening-hours.to[3].x");
        assertThat(at("suppliers", 7, "name")).isEqualTo("stacks/shop.yaml:10:3 suppliers[7].name");
    }

    @Test
    void aPathMayBeWrittenAsTheSpecSeesIt() {
        assertThat(at("hours", "from")).isEqualTo("stacks/shop.yaml:5:9 opening-hours.from");
        assertThat(at("payment", "accountNumber")).isEqualTo("stacks/shop.yaml:8:21 payment.bank.account-number");
        assertThat(at("payment", "bank", "accountNumber"))
                .isEqualTo("stacks/shop.yaml:8:21 payment.bank.account-number");
        assertThat(at("suppliers", 0, "payment", "brands", 0))
                .isEqualTo("stacks/shop.yaml:11:15 suppliers[0].payment[0]");
    }

    @Test
    void problemsFoundAfterBindingAreLocated() {
        Problem first = new Problem(Place.of(path("suppliers", 0, "name")), "a", "b", "c");
        Problem second = new Problem(Place.of(path("hours", "from")), "d", "e", "f");
        assertThat(POSITIONS.place(first))
                .hasToString("stacks/shop.yaml:10:11 suppliers[0].name: a; allowed: b; fix: c");
        assertThat(POSITIONS
                        .place(new InvalidInputException(List.of(first, second)))
                        .problems())
                .extracting(problem -> problem.place().toString())
                .containsExactly("stacks/shop.yaml:5:9 opening-hours.from", "stacks/shop.yaml:10:11 suppliers[0].name");
    }

    record Numbers(Map<String, List<Integer>> rows) {}

    @Property(tries = 50)
    void everyItemIsFoundWhereItWasWritten(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 99) Integer> row,
            @ForAll @IntRange(min = 0, max = 5) int blankLines) {
        String text = "rows:\n" + "\n".repeat(blankLines) + "  a/b: "
                + row.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        Positions positions =
                Binder.bind(YamlDocument.parse("a.yaml", text), Numbers.class).positions();
        int column = 9;
        for (int i = 0; i < row.size(); i++) {
            assertThat(positions.at(PropertyPath.of("rows", "a/b").index(i)))
                    .hasToString("a.yaml:" + (2 + blankLines) + ":" + column + " rows[\"a/b\"][" + i + "]");
            column += String.valueOf(row.get(i)).length() + 2;
        }
    }
}
