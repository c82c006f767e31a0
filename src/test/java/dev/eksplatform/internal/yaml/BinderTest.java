package dev.eksplatform.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinderTest {

    private static final String[] REQUIRED = {"name: corner", "account: 111122223333"};

    private static Shop shop(String... more) {
        return Binder.bind(document(more), Shop.class).orThrow();
    }

    private static YamlDocument document(String... more) {
        return YamlDocument.parse("shop.yaml", String.join("\n", REQUIRED) + "\n" + String.join("\n", more));
    }

    private static List<String> problems(String... more) {
        return problemsOf(document(more), Shop.class);
    }

    private static List<String> problemsOf(YamlDocument document, Class<?> type) {
        InvalidInputException thrown = catchThrowableOfType(
                InvalidInputException.class, () -> Binder.bind(document, type).orThrow());
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void whatTheFileLeavesOutHasItsDefault() {
        assertThat(shop()).isEqualTo(Shop.of("corner", Shop.Account.parse("111122223333")));
    }

    @Test
    void everyKindOfComponentIsRead() {
        Shop shop = shop(
                "opening-hours: {season: all-year, from: 9}",
                "size: {area: 70, rent: barter}",
                "suppliers: [{name: farm, payment: {days: 30}}, {name: mill}]",
                "tags: [b, a]",
                "shelves: {TOP/left: {goods: [milk]}, a/b: }",
                "discounts: {summer: 10, winter: 0x14}",
                "motto: fresh",
                "extra: {a: [1, null], 5: x, b: }",
                "anything: [1]",
                "visitors: 9999999999",
                "tax: 7",
                "lit: False");
        assertThat(shop.hours()).isEqualTo(new Shop.Hours(Shop.Season.ALL_YEAR, 9));
        assertThat(shop.size().area()).isEqualTo(70);
        assertThat(shop.size().rent()).isEqualTo(new Shop.Barter());
        assertThat(shop.size().floors()).containsExactly(0);
        assertThat(shop.suppliers())
                .containsExactly(
                        new Shop.Supplier("farm", Optional.of(new Shop.Credit(30, Optional.empty()))),
                        new Shop.Supplier("mill", Optional.empty()));
        assertThat(shop.tags()).containsExactly("b", "a");
        assertThat(shop.shelves())
                .hasToString(
                        "{ShelfName[value=top/left]=Shelf[goods=[milk]], " + "ShelfName[value=a/b]=Shelf[goods=[]]}");
        assertThat(shop.discounts()).isEqualTo(Map.of(Shop.Season.SUMMER, 10, Shop.Season.WINTER, 20));
        assertThat(shop.motto()).contains("fresh");
        assertThat(shop.extra()).hasToString("{a=[1, null], 5=x, b=null}");
        assertThat(shop.anything()).isEqualTo(List.of(1L));
        assertThat(shop.visitors()).isEqualTo(9_999_999_999L);
        assertThat(shop.tax()).isEqualTo(7.0);
        assertThat(shop.lit()).isFalse();
    }

    @Test
    void collectionsCannotBeChanged() {
        Shop shop = shop("suppliers: [{name: a}]", "tags: [a]", "discounts: {summer: 1}", "extra: {a: 1}");
        assertThat(List.of(shop.suppliers(), shop.tags()))
                .allSatisfy(each -> assertThatThrownBy(each::clear).isInstanceOf(UnsupportedOperationException.class));
        assertThat(List.of(shop.discounts(), shop.extra()))
                .allSatisfy(each -> assertThatThrownBy(each::clear).isInstanceOf(UnsupportedOperationException.class));
    }

    @Test
    void textIsTakenAsWritten() {
        assertThat(shop("motto: 1.30").motto()).contains("1.30");
        assertThat(shop("motto: 010").motto()).contains("010");
        assertThat(shop("motto: 'null'").motto()).contains("null");
        assertThat(shop("motto: \"\"").motto()).contains("");
        assertThat(Binder.bind(YamlDocument.parse("a.yaml", "{name: a, account: 012345678901}"), Shop.class)
                        .orThrow()
                        .account()
                        .digits())
                .isEqualTo("012345678901");
        assertThat(problems("motto: true"))
                .containsExactly("shop.yaml:3:8 motto: the boolean true; allowed: text; fix: write \"true\" in quotes");
    }

    @Test
    void everyFormOfASealedInterfaceIsRead() {
        assertThat(shop("payment: cash").payment()).isEqualTo(new Shop.Cash());
        assertThat(shop("payment: {bank: {account-number: 7}}").payment()).isEqualTo(new Shop.Bank("7"));
        assertThat(shop("payment: [visa]").payment()).isEqualTo(new Shop.Cards(List.of("visa")));
        assertThat(shop("payment: {days: 7, guarantor: bob}").payment())
                .isEqualTo(new Shop.Credit(7, Optional.of("bob")));
    }

    @Test
    void aFormThatDoesNotExistIsReported() {
        String allowed = "cash, or barter, or {bank: …}, or a list, or a mapping with days, guarantor";
        assertThat(problems("payment: cahs"))
                .containsExactly(
                        "shop.yaml:3:10 payment: the text \"cahs\"; allowed: " + allowed + "; fix: did you mean cash?");
        assertThat(problems("payment: bank"))
                .containsExactly(
                        "shop.yaml:3:10 payment: the text \"bank\"; allowed: " + allowed + "; fix: write {bank: …}");
        assertThat(problems("payment:"))
                .containsExactly("shop.yaml:3:9 payment: no value; allowed: " + allowed + "; fix: write a value");
        assertThat(problems("payment: {bank: {account-number: 1}, days: 1}"))
                .containsExactly("shop.yaml:3:11 payment.bank: \"bank\" beside other keys; fix:"
                        + " remove \"bank\" or the other keys");
        assertThat(problems("payment: {bank: 7}"))
                .containsExactly(
                        "shop.yaml:3:17 payment.bank: the number 7; allowed: a mapping with account-number; fix:"
                                + " write {account-number: …}");
    }

    @Test
    void aKeyWithNothingAfterItMeansAllDefaults() {
        assertThat(shop("size:", "discounts:", "extra:", "shelves: {a/b: }").size())
                .isEqualTo(Shop.Size.standard());
        assertThat(problems("opening-hours:", "tags: ", "lit: null"))
                .containsExactly(
                        "shop.yaml:3:15 opening-hours: no value; allowed: a mapping with season, from; fix: write a value",
                        "shop.yaml:4:6 tags: no value; allowed: a list; fix: write a value",
                        "shop.yaml:5:6 lit: no value; allowed: true or false; fix: write a value");
    }

    @Test
    void unknownAndMissingKeysAreReported() {
        assertThat(problemsOf(
                        YamlDocument.parse(
                                "stacks/a.yaml", "nmae: corner\nsize: {colour: red}\nopening-hours: {from: 1}"),
                        Shop.class))
                .containsExactly(
                        "stacks/a.yaml:1:1 nmae: unknown key \"nmae\"; allowed: name, account, opening-hours, size,"
                                + " payment, suppliers, tags, shelves, discounts, motto, extra, anything, visitors, tax,"
                                + " lit; fix: did you mean name?",
                        "stacks/a.yaml:1:1 account: required key \"account\" is missing; allowed: text; fix: add"
                                + " account: \"111122223333\"",
                        "stacks/a.yaml:2:8 size.colour: unknown key \"colour\"; allowed: area, measured, note, owner,"
                                + " rent, floors; fix: remove it",
                        "stacks/a.yaml:3:16 opening-hours.season: required key \"season\" is missing; allowed:"
                                + " all-year, summer, winter; fix: add season: …");
    }

    @Test
    void theWrongKindOfValueIsReported() {
        assertThat(problems(
                        "opening-hours: [1]",
                        "size: {area: 1.5, measured: Summer, note: {}, rent: }",
                        "suppliers: farm",
                        "tags: [a, [b], a]",
                        "shelves: {left: {}, a/b: [], A/B: {}, a/b/c: 1}",
                        "discounts: {spring: 1, summer: '1', winter: 1_000}",
                        "visitors: 99999999999999999999",
                        "tax: a lot",
                        "lit: yes"))
                .containsExactly(
                        "shop.yaml:3:16 opening-hours: a list; allowed: a mapping with season, from; fix: write {season: …,"
                                + " from: …}",
                        "shop.yaml:4:14 size.area: the number 1.5; allowed: a whole number; fix: write it in digits, such as"
                                + " 2",
                        "shop.yaml:4:29 size.measured: the text \"Summer\"; allowed: all-year, summer, winter; fix: did"
                                + " you mean summer?",
                        "shop.yaml:4:43 size.note: a mapping; allowed: text; fix: write one value",
                        "shop.yaml:4:52 size.rent: no value; allowed: cash, or barter, or {bank: …}, or a list, or a"
                                + " mapping with days, guarantor; fix: write a value",
                        "shop.yaml:5:12 suppliers: the text \"farm\"; allowed: a list; fix: write a list: [first, second]",
                        "shop.yaml:6:11 tags[1]: a list; allowed: text; fix: write one value",
                        "shop.yaml:6:16 tags[2]: duplicate value: the text \"a\"; fix: remove it",
                        "shop.yaml:7:11 shelves.left: \"left\" has no slash; allowed: row/column; fix: write"
                                + " row/column",
                        "shop.yaml:7:26 shelves[\"a/b\"]: a list; allowed: a mapping with goods; fix: write {goods: …}",
                        "shop.yaml:7:46 shelves[\"a/b/c\"]: the number 1; allowed: a mapping with goods; fix: write {goods: …}",
                        "shop.yaml:8:13 discounts.spring: the text \"spring\"; allowed: all-year, summer, winter; fix:"
                                + " use one of these",
                        "shop.yaml:8:32 discounts.summer: the text \"1\"; allowed: a whole number; fix: write 1 without"
                                + " quotes",
                        "shop.yaml:8:45 discounts.winter: the text \"1_000\"; allowed: a whole number; fix: write 1000",
                        "shop.yaml:9:11 visitors: the number 99999999999999999999; allowed: a whole number from"
                                + " -9223372036854775808 to 9223372036854775807; fix: use a number in that range",
                        "shop.yaml:10:6 tax: the text \"a lot\"; allowed: a number; fix: use a number such as 0.5",
                        "shop.yaml:11:6 lit: the text \"yes\"; allowed: true or false; fix: use true");
    }

    @Test
    void twoKeysThatMeanTheSameAreReported() {
        assertThat(problems("shelves: {a/b: {}, A/B: {}}"))
                .containsExactly(
                        "shop.yaml:3:20 shelves[\"A/B\"]: duplicate key \"A/B\"; fix: remove" + " one of the two");
    }

    @Test
    void theProblemsOfASpecStandAtItsPlacesInTheFile() {
        assertThat(problems("size: {area: 1001}", "shelves:", "  a/b:", "    goods:", "      - milk", "      - ''"))
                .containsExactly(
                        "shop.yaml:3:14 size.area: 1001 square metres; allowed: up to 1000; fix: use 1000",
                        "shop.yaml:8:9 shelves[\"a/b\"].goods[1]: an empty name; allowed: a name; fix: name it");
        assertThat(problems("suppliers: [{name: a}, {name: corner}]", "extra: {a.b/c: 1}", "visitors: -1"))
                .containsExactly(
                        "shop.yaml:3:31 suppliers[1].name: the shop itself; allowed: another shop; fix: remove it",
                        "shop.yaml:4:16 extra[\"a.b/c\"]: a dotted key; allowed: others; fix: rename it",
                        "shop.yaml:5:11 visitors: -1 visitors; allowed: 0 and more; fix: count again");
        assertThat(problems("payment: {bank: {account-number: 12345678901}}"))
                .containsExactly("shop.yaml:3:34 payment.bank.account-number: a long number; allowed: up to 10 digits;"
                        + " fix: shorten it");
        assertThat(problems("payment: [visa, fake]"))
                .containsExactly("shop.yaml:3:17 payment[1]: a fake; allowed: real ones; fix: remove it");
    }

    @Test
    void aValueTypeReportsItsOwnProblem() {
        assertThat(problemsOf(YamlDocument.parse("shop.yaml", "name: a b\naccount: 12"), Shop.class))
                .containsExactly(
                        "shop.yaml:1:7 name: \"a b\" has a blank; allowed: a word; fix: remove the blank",
                        "shop.yaml:2:10 account: \"12\"; allowed: 12 digits; fix: look it up in the console");
        assertThat(problemsOf(YamlDocument.parse("shop.yaml", "account: 111122223333\nname: a b"), Shop.class))
                .containsExactly("shop.yaml:2:7 name: \"a b\" has a blank; allowed: a word; fix: remove the blank");
    }

    @Test
    void mergedValuesAreReportedWhereTheyAreWritten() {
        assertThat(problems("shelves:", "  a/b: &x {goods: 1}", "  c/d: {<<: *x}"))
                .containsExactly(
                        "shop.yaml:4:19 shelves[\"a/b\"].goods: the number 1; allowed: a list; fix: write [1]",
                        "shop.yaml:4:19 shelves[\"c/d\"].goods: the number 1; allowed: a list; fix: write [1]");
    }

    record Timed(Duration time) {}

    record TimedList(List<Duration> times) {}

    record Keyed(Map<Integer, String> values) {}

    record Misnamed(String name) {
        @Defaults
        static Misnamed of(String title) {
            return new Misnamed(title);
        }
    }

    record Choice(Either either) {}

    sealed interface Either {}

    record Left(Optional<String> left) implements Either {}

    record Right(Optional<String> right) implements Either {}

    record Clash(Both both) {}

    sealed interface Both {}

    @YamlForm(key = "a")
    record Keyword(String x) implements Both {}

    record Plain(String a) implements Both {}

    record Crate(@Example("3") int apples, Optional<String> label) {

        Crate {
            if (apples < 0) {
                throw new InvalidInputException(
                        new Problem(Place.of(PropertyPath.of("apples")), apples + " apples", "count again"));
            }
        }

        @Defaults
        @SuppressWarnings("UnusedMethod") // called by the binder
        static Crate of(int apples) {
            return new Crate(apples, Optional.empty());
        }
    }

    record Shelf(String name, @YamlInline Crate crate) {

        @Defaults
        @SuppressWarnings("UnusedMethod") // called by the binder
        static Shelf of(String name) {
            return new Shelf(name, new Crate(7, Optional.of("red")));
        }
    }

    record Room(@YamlInline Shelf shelf, int doors) {

        @Defaults
        @SuppressWarnings("UnusedMethod") // called by the binder
        static Room small() {
            return new Room(new Shelf("first", new Crate(1, Optional.empty())), 1);
        }
    }

    record Twice(@YamlInline Crate crate, int apples) {}

    @Test
    void theKeysOfAnInlineRecordAreInTheMappingOfItsOwner() {
        assertThat(read("name: low\napples: 3", Shelf.class))
                .isEqualTo(new Shelf("low", new Crate(3, Optional.of("red"))));
        assertThat(read("{name: low, label: green, apples: 2}", Shelf.class))
                .isEqualTo(new Shelf("low", new Crate(2, Optional.of("green"))));
        assertThat(read("{label: green, doors: 2}", Room.class))
                .isEqualTo(new Room(new Shelf("first", new Crate(1, Optional.of("green"))), 2));
    }

    @Test
    void whatAnOwnerSaysOfAnInlineRecordGoesBeforeItsOwnDefaults() {
        assertThat(read("name: low", Shelf.class)).isEqualTo(new Shelf("low", new Crate(7, Optional.of("red"))));
        assertThat(read("{}", Room.class)).isEqualTo(Room.small());
    }

    @Test
    void problemsOfAnInlineRecordAreAtTheKeysOfItsOwner() {
        assertThat(problemsOf(YamlDocument.parse("a.yaml", "name: low\napples: -1\nlabl: x"), Shelf.class))
                .containsExactly(
                        "a.yaml:2:9 apples: -1 apples; fix: count again",
                        "a.yaml:3:1 labl: unknown key \"labl\"; allowed: name, apples, label; fix: did you mean label?");
        assertThat(problemsOf(YamlDocument.parse("a.yaml", "name: low\ncrate: {apples: 1}"), Shelf.class))
                .containsExactly(
                        "a.yaml:2:1 crate: unknown key \"crate\"; allowed: name, apples, label; fix: remove it");
    }

    @Test
    void aKeyInTwoPlacesIsADefectOfTheType() {
        assertThatThrownBy(() -> read("{}", Twice.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("has two components with the key apples");
    }

    private static <T> T read(String text, Class<T> type) {
        return Binder.bind(YamlDocument.parse("a.yaml", text), type).orThrow();
    }

    @Test
    void aTypeThatCannotBeReadIsADefectOfTheType() {
        String name = BinderTest.class.getName();
        assertThatThrownBy(() -> Binder.bind(document(), Timed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + "$Timed.time: java.time.Duration cannot be read from YAML");
        assertThatThrownBy(() -> Binder.bind(document(), TimedList.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + "$TimedList.times: java.time.Duration cannot be read from YAML");
        assertThatThrownBy(() -> Binder.bind(document(), Keyed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        name
                                + "$Keyed.values: java.util.Map<java.lang.Integer, java.lang.String> has keys that are not text");
        assertThatThrownBy(() -> Binder.bind(document(), Misnamed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(
                        "no component has the name and type of its parameter title (names need the compiler's"
                                + " -parameters)");
        assertThatThrownBy(() -> Binder.bind(YamlDocument.parse("a.yaml", "either: {}"), Choice.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + "$Either: it has 2 plain forms, which cannot be distinguished");
        assertThatThrownBy(() -> Binder.bind(YamlDocument.parse("a.yaml", "both: {}"), Clash.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + "$Both: both a form and the plain form have the key a");
    }
}
