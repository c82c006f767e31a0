package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.evaluation.PatternAutomaton.Element;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * A set of resources: those of some types, or of them only those whose ARNs match a pattern.
 *
 * @param types the ARNs of the types in one partition, with <code>${Name}</code> for any name
 * @param others those of the service's other types
 * @param account the account of the resources, empty for any
 * @param pattern an ARN with {@code *} for any characters and {@code ?} for one; {@code *} for all resources of the types
 */
@API(status = API.Status.INTERNAL)
public record ArnSet(List<String> types, List<String> others, Optional<String> account, String pattern) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}|\\*");
    private static final int FIELDS = 6;

    /** Keeps copies. */
    public ArnSet {
        types = List.copyOf(types);
        others = List.copyOf(others);
    }

    /** Whether no resource of these types matches the pattern. */
    public boolean isEmpty() {
        return members(new PatternAutomaton()).map(List::isEmpty).orElse(false);
    }

    /**
     * Which patterns of an automaton the resources match; this set's own patterns are added to it.
     *
     * @return for each resource the numbers of all patterns that match it, each set once; empty when that takes too long
     */
    Optional<List<BitSet>> members(PatternAutomaton automaton) {
        BitSet wanted = new BitSet();
        wanted.set(automaton.add(wanted()));
        BitSet ofType = new BitSet();
        types.forEach(type -> ofType.set(automaton.add(elements(type))));
        List<Integer> ofOthers =
                others.stream().map(type -> automaton.add(elements(type))).toList();
        return automaton.matches(List.of(wanted, ofType)).map(all -> all.stream()
                .filter(matched -> isOfType(matched, ofType, ofOthers))
                .toList());
    }

    /**
     * Whether none of the other types fits better. As an index of DynamoDB matches the ARN of a table too, the type of which
     * more is fixed counts.
     */
    private boolean isOfType(BitSet matched, BitSet ofType, List<Integer> ofOthers) {
        int most = 0;
        for (int i = 0; i < types.size(); i++) {
            if (matched.get(ofType.nextSetBit(0) + i)) {
                most = Math.max(most, fixed(types.get(i)));
            }
        }
        for (int i = 0; i < others.size(); i++) {
            if (matched.get(ofOthers.get(i)) && fixed(others.get(i)) > most) {
                return false;
            }
        }
        return true;
    }

    private List<Element> wanted() {
        return pattern.codePoints()
                .mapToObj(c -> c == '*' ? Element.many("") : c == '?' ? Element.any("") : Element.of(c))
                .toList();
    }

    /**
     * The elements of a type's ARN. A name reaches to the character that follows it; one that is the whole resource has neither
     * slashes nor colons, as buckets, queues and topics; any other one at the end has whatever there is, as objects.
     */
    private List<Element> elements(String type) {
        List<Element> elements = new ArrayList<>();
        String[] field = type.split(":", FIELDS);
        for (int i = 0; i < field.length; i++) {
            if (i > 0) {
                elements.add(Element.of(':'));
            }
            boolean isAccount = i == FIELDS - 2 && VARIABLE.matcher(field[i]).matches();
            addField(elements, isAccount ? account.orElse(field[i]) : field[i], i == FIELDS - 1);
        }
        return elements;
    }

    private static void addField(List<Element> elements, String field, boolean isResource) {
        Matcher variable = VARIABLE.matcher(field);
        int from = 0;
        while (variable.find()) {
            field.substring(from, variable.start())
                    .codePoints()
                    .mapToObj(Element::of)
                    .forEach(elements::add);
            from = variable.end();
            boolean whole = variable.start() == 0 && from == field.length();
            String except = !isResource
                    ? ":"
                    : whole
                            ? "/:"
                            : from == field.length() || field.charAt(from) == '$'
                                    ? ""
                                    : field.substring(from, from + 1);
            elements.add(Element.any(except));
            elements.add(Element.many(except));
        }
        field.substring(from).codePoints().mapToObj(Element::of).forEach(elements::add);
    }

    private static int fixed(String type) {
        return (int) VARIABLE.matcher(type)
                .replaceAll("")
                .chars()
                .filter(Character::isLetter)
                .count();
    }
}
