package dev.eksplatform.iam.evaluation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Several patterns read at the same time: which of them a text can match together. That answers without trying texts whether
 * patterns overlap and whether one covers another.
 */
final class PatternAutomaton {

    /** States after which it gives up; patterns of real policies need a few thousand. */
    private static final int LIMIT = 60_000;

    private static final int OTHER = '\uE000';

    /**
     * An element of a pattern.
     *
     * @param character the character, {@link #ANY} or {@link #NONE}
     * @param except the characters that any does not include
     * @param many whether it repeats, none included
     */
    record Element(int character, String except, boolean many) {

        private static final int ANY = -1;
        private static final int NONE = -2;

        static Element of(int character) {
            return new Element(character, "", false);
        }

        static Element any(String except) {
            return new Element(ANY, except, false);
        }

        static Element many(String except) {
            return new Element(ANY, except, true);
        }

        private boolean takes(int c) {
            return character == c || (character == ANY && except.indexOf(c) < 0);
        }
    }

    private final List<Element> elements = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final Set<Integer> alphabet = new TreeSet<>(List.of((int) ':', (int) '/', OTHER));

    /** Adds a pattern; its number is that of the patterns before. */
    int add(List<Element> pattern) {
        starts.add(elements.size());
        elements.addAll(pattern);
        ends.add(elements.size());
        // its end is a position of its own
        elements.add(new Element(Element.NONE, "", false));
        pattern.stream().map(Element::character).filter(c -> c >= 0).forEach(alphabet::add);
        return starts.size() - 1;
    }

    /**
     * Which patterns texts match.
     *
     * @param groups patterns of each of which one must match, by their numbers
     * @return for each text the numbers of all patterns that match it, each set once; empty when that takes too long
     */
    Optional<Set<BitSet>> matches(List<BitSet> groups) {
        Set<BitSet> found = new LinkedHashSet<>();
        Set<BitSet> seen = new HashSet<>();
        Deque<BitSet> next = new ArrayDeque<>();
        BitSet start = new BitSet();
        starts.forEach(position -> enter(start, position));
        next.add(start);
        seen.add(start);
        while (!next.isEmpty()) {
            BitSet state = next.remove();
            BitSet matched = matched(state);
            if (groups.stream().allMatch(matched::intersects)) {
                found.add(matched);
            }
            for (int c : alphabet) {
                BitSet after = step(state, c);
                if (groups.stream().allMatch(group -> isAlive(group, after)) && seen.add(after)) {
                    next.add(after);
                }
            }
            if (seen.size() > LIMIT) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    private boolean isAlive(BitSet group, BitSet state) {
        return group.stream().anyMatch(pattern -> {
            int active = state.nextSetBit(starts.get(pattern));
            return active >= 0 && active <= ends.get(pattern);
        });
    }

    private BitSet matched(BitSet state) {
        BitSet matched = new BitSet();
        for (int i = 0; i < ends.size(); i++) {
            matched.set(i, state.get(ends.get(i)));
        }
        return matched;
    }

    private BitSet step(BitSet state, int c) {
        BitSet after = new BitSet();
        state.stream().forEach(position -> {
            Element element = elements.get(position);
            if (element.takes(c)) {
                enter(after, element.many() ? position : position + 1);
            }
        });
        return after;
    }

    private void enter(BitSet state, int position) {
        int reached = position;
        state.set(reached);
        while (elements.get(reached).many()) {
            state.set(++reached);
        }
    }
}
