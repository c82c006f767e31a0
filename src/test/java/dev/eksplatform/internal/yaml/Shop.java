package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A shop. It uses everything a spec may use.
 *
 * @param name its name
 * @param account its account
 * @param hours when it is open; default {@code {season: all-year, from: 8}}
 */
record Shop(
        @Example("corner") String name,
        @Example("\"111122223333\"") Account account,
        @YamlKey("opening-hours") Hours hours,
        Size size,
        Payment payment,
        List<Supplier> suppliers,
        Set<String> tags,
        Map<ShelfName, Shelf> shelves,
        Map<Season, Integer> discounts,
        Optional<String> motto,
        Map<String, Object> extra,
        Object anything,
        long visitors,
        double tax,
        boolean lit) {

    Shop {
        Problems problems = new Problems();
        if (name.contains(" ")) {
            problems.add("name", "\"" + name + "\" has a blank", "a word", "remove the blank");
        }
        for (int i = 0; i < suppliers.size(); i++) {
            if (suppliers.get(i).name().equals(name)) {
                problems.add(
                        PropertyPath.of("suppliers").index(i).key("name"),
                        "the shop itself",
                        "another shop",
                        "remove it");
            }
        }
        if (extra.containsKey("a.b/c")) {
            problems.add(PropertyPath.of("extra", "a.b/c"), "a dotted key", "others", "rename it");
        }
        if (visitors < 0) {
            problems.add("visitors", visitors + " visitors", "0 and more", "count again");
        }
        problems.throwIfAny();
    }

    @Defaults
    static Shop of(String name, Account account) {
        return new Shop(
                name,
                account,
                new Hours(Season.ALL_YEAR, 8),
                Size.standard(),
                new Cash(),
                List.of(),
                Set.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                "nothing",
                0,
                0.19,
                true);
    }

    enum Season {
        /** From January to December. */
        ALL_YEAR,
        SUMMER,
        WINTER
    }

    /** Both are required. */
    record Hours(Season season, Integer from) {}

    /**
     * How large it is.
     *
     * @param area square metres; default 50
     */
    record Size(int area, Season measured, Optional<String> note, Account owner, Payment rent, List<Integer> floors) {

        Size {
            if (area > 1000) {
                throw new InvalidInputException(new Problem(
                        Place.of(PropertyPath.of("area")), area + " square metres", "up to 1000", "use 1000"));
            }
        }

        @Defaults
        static Size standard() {
            return new Size(
                    50,
                    Season.ALL_YEAR,
                    Optional.empty(),
                    Account.parse("111122223333"),
                    new Cards(List.of("visa")),
                    List.of(0));
        }
    }

    record Account(String digits) {
        @ScalarFactory(pattern = "^[0-9]{12}$")
        static Account parse(String text) {
            if (!text.matches("[0-9]{12}")) {
                throw new InvalidInputException(
                        new Problem("\"" + text + "\"", "12 digits", "look it up in the console"));
            }
            return new Account(text);
        }

        @Override
        public String toString() {
            return digits;
        }
    }

    /** A name. */
    @Example("top/left")
    record ShelfName(String value) {
        @ScalarFactory
        static ShelfName parse(String text) {
            if (!text.contains("/")) {
                throw new InvalidInputException(
                        new Problem("\"" + text + "\" has no slash", "row/column", "write row/column"));
            }
            return new ShelfName(text.toLowerCase(Locale.ROOT));
        }
    }

    record Shelf(List<String> goods) {
        Shelf {
            for (int i = 0; i < goods.size(); i++) {
                if (goods.get(i).isEmpty()) {
                    throw new InvalidInputException(new Problem(
                            Place.of(PropertyPath.of("goods").index(i)), "an empty name", "a name", "name it"));
                }
            }
        }

        @Defaults
        static Shelf empty() {
            return new Shelf(List.of());
        }
    }

    record Supplier(String name, Optional<Payment> payment) {
        @Defaults
        static Supplier of(String name) {
            return new Supplier(name, Optional.empty());
        }
    }

    /** How it is paid. */
    sealed interface Payment {}

    /** Coins and notes. */
    @YamlForm(word = "cash")
    record Cash() implements Payment {}

    @YamlForm(word = "barter")
    record Barter() implements Payment {}

    @YamlForm(key = "bank")
    record Bank(@YamlKey("account-number") String accountNumber) implements Payment {
        Bank {
            if (accountNumber.length() > 10) {
                throw new InvalidInputException(new Problem(
                        Place.of(PropertyPath.of("accountNumber")), "a long number", "up to 10 digits", "shorten it"));
            }
        }
    }

    @YamlForm(sequence = true)
    record Cards(List<String> brands) implements Payment {
        Cards {
            if (brands.contains("fake")) {
                throw new InvalidInputException(new Problem(
                        Place.of(PropertyPath.of("brands").index(brands.indexOf("fake"))),
                        "a fake",
                        "real ones",
                        "remove it"));
            }
        }
    }

    record Credit(int days, Optional<String> guarantor) implements Payment {
        @Defaults
        static Credit of(int days) {
            return new Credit(days, Optional.empty());
        }
    }
}
