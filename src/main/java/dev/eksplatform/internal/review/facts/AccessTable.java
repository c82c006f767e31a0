package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.Defaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resource types that give access, and how much access is much, from {@code access.yaml}. */
record AccessTable(
        List<ResourcePolicy> resourcePolicies,
        List<IdentityPolicy> identityPolicies,
        List<Attachment> attachments,
        List<Given> grants,
        List<PublicBlock> publicBlocks,
        Levels levels,
        Map<String, String> everybody) {

    private static final AccessTable TABLE = Binder.ofProgram(AccessTable.class, "access.yaml");

    static AccessTable table() {
        return TABLE;
    }

    /** A policy document of a resource; {@code of} are the attributes that may name what it protects. */
    record ResourcePolicy(List<String> types, String attribute, List<String> of, String noun, boolean restricts) {

        @Defaults
        static ResourcePolicy of(List<String> types, String noun) {
            return new ResourcePolicy(types, "policy", List.of(), noun, false);
        }
    }

    /** A policy document of an identity. */
    record IdentityPolicy(String type, String attribute, String of, String noun) {

        @Defaults
        static IdentityPolicy of(String type, String of, String noun) {
            return new IdentityPolicy(type, "policy", of, noun);
        }
    }

    /** Managed policies of identities; {@code holders} are attributes by what they name. */
    record Attachment(String type, String policies, Map<String, String> holders) {

        @Defaults
        static Attachment of(String type, Map<String, String> holders) {
            return new Attachment(type, "policy_arn", holders);
        }
    }

    /** Access that attributes of a resource give. */
    record Given(
            List<String> types,
            Optional<String> each,
            Optional<String> principal,
            Optional<String> who,
            Map<String, List<String>> only,
            String what,
            String detail,
            List<String> conditions) {

        @Defaults
        static Given of(List<String> types, String what) {
            return new Given(
                    types, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), what, "", List.of());
        }
    }

    /** Attributes that keep everybody out while they are true, by what everybody may do otherwise. */
    record PublicBlock(String type, String of, String noun, Map<String, String> attributes) {}

    /** What allows everything, and what allows much, by kind of permission. */
    record Levels(
            Level managedPolicies,
            Level accessPolicies,
            Level actions,
            Level clusterGroups,
            Level clusterRoles,
            List<String> rules) {}

    /** Patterns of names. */
    record Level(List<String> all, List<String> much) {

        /** The reach of what has a name. */
        Reach of(String name) {
            return matches(all, name) ? Reach.ALL : matches(much, name) ? Reach.MUCH : Reach.SOME;
        }

        private static boolean matches(List<String> patterns, String name) {
            return patterns.stream().anyMatch(pattern -> Globs.covers(pattern, name));
        }
    }

    /** How much an access allows. */
    enum Reach {
        /** What is usual for something that the same change creates. */
        NEW,
        /** What is usual. */
        SOME,
        /** More permissions, other identities, secrets, or the end of data. */
        MUCH,
        /** Everything. */
        ALL;

        static Reach worst(Reach one, Reach other) {
            return one.compareTo(other) > 0 ? one : other;
        }
    }
}
