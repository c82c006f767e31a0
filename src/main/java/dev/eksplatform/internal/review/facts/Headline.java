package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ConstructNames;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says a change in one sentence. */
public final class Headline {

    private Headline() {}

    static String of(
            boolean errored,
            Counts counts,
            List<Risk> risks,
            List<AccessChange> access,
            List<PortChange> ports,
            List<Drift> drifts,
            boolean outputsChange,
            boolean providersChange,
            boolean withoutEffect,
            int refused,
            int deposed,
            ConstructNames constructs) {
        if (errored) {
            return "Do not apply: Terraform stopped planning half way.";
        }
        List<String> sentences = new ArrayList<>();
        Optional<Risk> worst = risks.stream()
                .filter(risk -> risk.severity().atLeast(Severity.MEDIUM))
                .findFirst();
        worst.ifPresent(risk -> sentences.add(
                verb(risk) + " " + constructs.name(risk.stack(), risk.address()) + ": " + risk.summary() + "."));
        ports.stream()
                .filter(port -> port.opened() && port.inbound() && port.world())
                .findFirst()
                .ifPresent(
                        port -> sentences.add("Opens " + port.ports() + " of " + port.target() + " to the internet."));
        access.stream()
                .filter(change -> change.wide() && change.who().startsWith("any") && change.after() != null)
                .findFirst()
                .ifPresent(change -> sentences.add("Lets " + change.who() + " " + change.after() + "."));
        if (counts.any()) {
            boolean onlyUndone = new Counts(0, 0, 0, 0, 0, 0, 0, counts.undone(), counts.unchanged()).equals(counts);
            sentences.add(
                    withoutEffect
                            ? "No effect: " + resources(counts.updated()) + " " + (counts.updated() == 1 ? "is" : "are")
                                    + " updated with what " + (counts.updated() == 1 ? "it says" : "they say")
                                    + " already."
                            : onlyUndone
                                    ? "Undoes what was changed by hand in " + resources(counts.undone())
                                            + "; nothing else changes."
                                    : capital(words(counts, refused, deposed)) + harmless(counts, deposed) + ".");
        } else if (outputsChange) {
            sentences.add("Only outputs change.");
        } else if (providersChange) {
            sentences.add("Only versions of providers change.");
        } else {
            sentences.add("No changes.");
        }
        long left = drifts.stream().filter(drift -> !drift.undone()).count();
        if (left > 0) {
            sentences.add("Changed by hand and left so: " + resources(left) + ".");
        }
        return String.join(" ", sentences);
    }

    /** Changes that Kubernetes refuses and the end of deposed objects are counted apart. */
    private static String words(Counts counts, int refused, int deposed) {
        Counts others = new Counts(
                counts.created(),
                counts.updated() - refused,
                counts.replaced(),
                counts.deleted() - deposed,
                counts.forgotten(),
                counts.moved(),
                counts.imported(),
                counts.undone(),
                counts.unchanged());
        List<String> words = new ArrayList<>();
        if (refused > 0) {
            words.add(refused + " refused by Kubernetes");
        }
        if (others.any()) {
            words.add(others.toString());
        }
        if (deposed > 0) {
            words.add(deposed + (deposed == 1 ? " deposed object" : " deposed objects") + " deleted");
        }
        return String.join(", ", words);
    }

    private static String verb(Risk risk) {
        return risk.action().startsWith("replaced")
                ? "Replaces"
                : risk.action().startsWith("deleted") ? "Deletes" : "Changes";
    }

    private static String harmless(Counts counts, int deposed) {
        if (counts.replaced() + counts.deleted() - deposed + counts.forgotten() > 0) {
            return "";
        }
        return deposed == 0 ? "; nothing is replaced or deleted" : "; nothing else is replaced or deleted";
    }

    static String resources(long number) {
        return number == 1 ? "1 resource" : number + " resources";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** What is done with a resource, in words. */
    public static String action(Change change) {
        if (ChangeNote.isRefused(change)) {
            return "refused by Kubernetes";
        }
        if (ChangeNote.isDeposed(change)) {
            return "deposed object " + action(change.action());
        }
        if (change.action() == Action.NO_OP) {
            return change.importing() != null ? "imported" : "moved";
        }
        return action(change.action());
    }

    /** What is done, in words. */
    static String action(Action action) {
        return switch (action) {
            case REPLACE_DELETE_FIRST -> "replaced: deleted first, then created";
            case REPLACE_CREATE_FIRST -> "replaced: created first, then the old one is deleted";
            case REPLACE_FORGET_OLD -> "replaced: created, the old one is left behind";
            case DELETE -> "deleted";
            case FORGET -> "left behind";
            case CREATE -> "created";
            case UPDATE -> "changed";
            case READ -> "read";
            case NO_OP -> "unchanged";
        };
    }
}
