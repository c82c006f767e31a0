package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing that somebody may do, or with {@code deny} may not.
 *
 * @param area what is comparable: grants of two areas have nothing to do with each other
 * @param deny whether it is denied
 * @param who who may do it
 * @param action what they may do
 * @param object to what
 * @param conditions what must hold besides; all of them
 * @param detail what else makes it different from another grant
 * @param via how it is granted, which makes no difference
 * @param phrase how it is put into words
 * @param reach how much it allows
 * @param away the account in which it allows something; empty when that is the principal's own, or not known
 */
record Grant(
        String area,
        boolean deny,
        Party who,
        Element action,
        Element object,
        Set<Clause> conditions,
        String detail,
        String via,
        Phrase phrase,
        Reach reach,
        String away) {

    /** More alternatives are only counted. */
    private static final int MOST_SHOWN = 8;

    /** What makes a grant different from another one. */
    record Key(
            String area,
            boolean deny,
            Party who,
            Element action,
            Element object,
            Set<Clause> conditions,
            String detail) {}

    /** How an access is put into words. */
    enum Phrase {
        /** The action says it all. */
        PLAIN {
            @Override
            String text(List<Element> actions, List<Element> objects) {
                return shown(actions);
            }
        },
        /** Actions on resources of AWS. */
        CALL {
            @Override
            String text(List<Element> actions, List<Element> objects) {
                String what = shown(worst(actions));
                return "call " + (objects.equals(List.of(Element.NONE)) ? what : what + " on " + shown(objects));
            }
        },
        /** Verbs on objects of Kubernetes. */
        RULE {
            @Override
            String text(List<Element> actions, List<Element> objects) {
                return shown(actions) + " " + shown(objects);
            }
        },
        /** The limit of what policies can allow. */
        BOUNDARY {
            @Override
            String text(List<Element> actions, List<Element> objects) {
                return "at most what " + shown(actions) + " allows";
            }

            @Override
            String denied(String text) {
                return text;
            }

            @Override
            String released(String text) {
                return "do everything its policies allow, no longer " + text;
            }
        },
        /** Actions of STS on a role. */
        ASSUME {
            @Override
            String text(List<Element> actions, List<Element> objects) {
                boolean assumes = actions.stream().anyMatch(action -> meets(action, "sts:assumerole*"));
                boolean tags = actions.stream().anyMatch(action -> meets(action, "sts:tagsession"));
                String role = "role " + shown(objects);
                return assumes
                        ? "assume " + role
                        : tags ? "pass session tags to " + role : "call " + shown(actions) + " of " + role;
            }
        };

        abstract String text(List<Element> actions, List<Element> objects);

        /** What is denied. */
        String denied(String text) {
            return "denied: " + text;
        }

        /** What is not denied any more. */
        String released(String text) {
            return text + ", no longer denied";
        }

        private static boolean meets(Element action, String pattern) {
            return action.except()
                    ? !action.patterns().contains(pattern)
                    : action.patterns().stream().anyMatch(own -> Globs.meet(own, pattern));
        }

        /** Actions that allow much first, as the last ones may only be counted. */
        private static List<Element> worst(List<Element> actions) {
            return actions.stream()
                    .sorted(Comparator.comparing((Element action) -> ActionReach.of(action))
                            .reversed()
                            .thenComparing(Element::shown))
                    .toList();
        }

        private static String shown(List<Element> elements) {
            return enumerated(elements.stream().map(Element::shown).distinct().toList());
        }
    }

    /** A grant in words of its own, without conditions. */
    static Grant plain(String area, Party who, String what, String detail, String via, Reach reach) {
        return new Grant(
                area, false, who, Element.of(what), Element.NONE, Set.of(), detail, via, Phrase.PLAIN, reach, "");
    }

    Grant when(Collection<Clause> clauses) {
        return new Grant(area, deny, who, action, object, Set.copyOf(clauses), detail, via, phrase, reach, away);
    }

    Grant awayIn(String account) {
        return new Grant(area, deny, who, action, object, conditions, detail, via, phrase, reach, account);
    }

    Key key() {
        return new Key(area, deny, who, action, object, conditions, detail);
    }

    /** Whether it includes another grant of its area; false when that is not certain. */
    boolean covers(Grant other, boolean losing) {
        return deny == other.deny
                && detail.equals(other.detail)
                && who.covers(other.who, losing)
                && action.covers(other.action)
                && object.covers(other.object)
                && conditions.stream().allMatch(own -> other.conditions.stream().anyMatch(own::covers));
    }

    /** Whether it may include another one, by what is not known before apply. */
    boolean mayCover(Grant other) {
        return isOpen()
                && new Grant(
                                area,
                                deny,
                                who.guessed(),
                                action.guessed(),
                                object.guessed(),
                                conditions.stream().map(Clause::guessed).collect(Collectors.toSet()),
                                detail.contains(Difference.UNKNOWN) ? other.detail : detail,
                                via,
                                phrase,
                                reach,
                                away)
                        .covers(other, true);
    }

    /** Whether a part of it is known after apply. */
    boolean isOpen() {
        return who.isUnknown()
                || Stream.of(action, object)
                        .flatMap(element -> element.patterns().stream())
                        .anyMatch(pattern -> pattern.contains(Difference.UNKNOWN))
                || detail.contains(Difference.UNKNOWN)
                || conditions.stream().anyMatch(clause -> !clause.guessed().equals(clause));
    }

    /** Some texts, and how many there are besides. */
    static String enumerated(List<String> texts) {
        int more = texts.size() - MOST_SHOWN;
        return more <= 1
                ? String.join(", ", texts)
                : String.join(", ", texts.subList(0, MOST_SHOWN)) + " and " + more + " more";
    }
}
