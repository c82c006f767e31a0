package dev.eksplatform.internal.explain;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.ActionTable;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.Region;
import dev.eksplatform.iam.ResourceTable;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.iam.evaluation.ArnSet;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A question about an action, with what is known of the resources that it can have.
 *
 * @param action the action as AWS writes it
 * @param resource the ARN or pattern in question; {@code *} for all resources
 * @param resources the resources in question; empty for an action that has none, and for one of which they are not known
 * @param types the names of their types
 * @param required the names of the types of which each request has a resource
 * @param isKnown whether the resource types of the action are known
 */
record ActionQuestion(
        String action,
        String resource,
        Optional<ArnSet> resources,
        List<String> types,
        List<String> required,
        boolean isKnown) {

    private static final Place ACTION = new Place.OnCommandLine("--action");
    private static final Place RESOURCE = new Place.OnCommandLine("--resource");
    private static final String ANY = "*";
    private static final int FIELDS = 6;
    private static final int MOST = 6;

    /** Where the questions are asked: the account of a role, and actions that are newer than the tables. */
    record Asker(Partition partition, AccountId account, Collection<String> unlisted) {}

    /** Whether it is about one resource, or about an action that has none. */
    boolean isAboutOne() {
        return resources.isEmpty() || !(resource.contains(ANY) || resource.contains("?"));
    }

    /** Whether it is about all resources that the action can have. */
    boolean isAboutAll() {
        return resource.equals(ANY);
    }

    /**
     * A resource with what all of them have in common, for what AWS derives from it: {@code *} in the place of the region
     * where they may be in several.
     */
    String common() {
        boolean regions = resources
                .filter(set -> set.types().stream().anyMatch(arn -> arn.contains("${Region}")))
                .isPresent();
        return isAboutAll() && regions ? "arn:*:*:*:*:*" : resource;
    }

    /** Whether the resources may be of other accounts than the asker's. */
    boolean isAbroad(AccountId account) {
        String[] field = resource.split(":", FIELDS);
        boolean has = resources
                .filter(set -> set.types().stream().anyMatch(arn -> arn.contains("${Account}")))
                .isPresent();
        return has
                && !isAboutAll()
                && !(field.length == FIELDS
                        && List.of("", "aws", account.digits()).contains(field[FIELDS - 2]));
    }

    /** Its resources, such as {@code every bucket and object}. */
    String all() {
        String names = types.size() <= MOST
                ? listed(types)
                : String.join(", ", types.subList(0, MOST)) + " and resource of " + (types.size() - MOST)
                        + " more types";
        boolean ofAccount = resources
                .filter(set -> set.types().stream().allMatch(arn -> arn.contains("${Account}")))
                .isPresent();
        return "every " + names
                + (ofAccount
                        ? resources
                                .flatMap(ArnSet::account)
                                .map(id -> " of the account " + id)
                                .orElse("")
                        : "");
    }

    /** {@code a, b and c}. */
    static String listed(List<String> names) {
        int last = names.size() - 1;
        return last <= 0
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /**
     * Reads a question.
     *
     * @param action as on the command line
     * @param resource an ARN or a pattern of ARNs, see {@link #isResource}, {@code *} for all
     * @return the question, empty when something is wrong with it
     */
    static Optional<ActionQuestion> read(String action, String resource, Asker asker, Problems problems) {
        String[] part = action.split(":", -1);
        if (!action.matches("[A-Za-z0-9-]+:[A-Za-z0-9]+")) {
            problems.add(
                    ACTION,
                    "\"" + action + "\" is not an action",
                    "one action of a service, without wildcards",
                    "write it like s3:ListAllMyBuckets");
            return Optional.empty();
        }
        Optional<ActionTable.Service> service = ActionTable.get().service(part[0]);
        Optional<String> spelled = service.flatMap(known -> known.spelled(part[1]));
        if (spelled.isPresent()) {
            return known(spelled.get(), resource, service.get().hasNoResource(part[1]), asker, problems);
        }
        String lower = action.toLowerCase(Locale.ROOT);
        if (asker.unlisted().stream().anyMatch(one -> Wildcards.match(one.toLowerCase(Locale.ROOT), lower))) {
            return Optional.of(unknown(action, resource));
        }
        unknownAction(action, part, service, problems);
        return Optional.empty();
    }

    private static void unknownAction(
            String action, String[] part, Optional<ActionTable.Service> service, Problems problems) {
        String month = " (" + ActionTable.get().month() + ")";
        Optional<String> near = service.isPresent()
                ? service.get().nearest(part[1])
                : Suggestion.nearest(part[0], ActionTable.get().services()).map(one -> one + ":" + part[1]);
        problems.add(
                ACTION,
                service.isPresent()
                        ? "\"" + action + "\" is not an action of "
                                + service.get().name() + month
                        : "\"" + part[0] + "\" is not a service of IAM" + month,
                near.map(Suggestion::didYouMean)
                        .orElse("see the actions of the service in the Service Authorization Reference"));
    }

    private static Optional<ActionQuestion> known(
            String action, String resource, boolean hasNone, Asker asker, Problems problems) {
        String[] part = action.split(":", 2);
        Optional<ResourceTable.Service> service = ResourceTable.service(part[0]);
        Optional<ResourceTable.Use> use = service.map(known -> known.actions().get(part[1].toLowerCase(Locale.ROOT)));
        if (service.isEmpty() || (use.isEmpty() && !hasNone)) {
            return Optional.of(unknown(action, resource));
        }
        if (use.isEmpty()) {
            if (!resource.equals(ANY)) {
                problems.add(
                        RESOURCE,
                        "\"" + resource + "\" for " + action + ", which has no resource",
                        "leave --resource out, or write \"*\"");
                return Optional.empty();
            }
            return Optional.of(new ActionQuestion(action, resource, Optional.empty(), List.of(), List.of(), true));
        }
        return on(action, resource, service.get(), use.get(), asker, problems);
    }

    private static Optional<ActionQuestion> on(
            String action,
            String resource,
            ResourceTable.Service service,
            ResourceTable.Use use,
            Asker asker,
            Problems problems) {
        List<ResourceTable.Type> others = service.types().stream()
                .filter(type -> !use.types().contains(type))
                .toList();
        ArnSet set = new ArnSet(
                arns(use.types(), asker.partition()),
                arns(others, asker.partition()),
                resource.equals(ANY) ? Optional.of(asker.account().digits()) : Optional.empty(),
                resource);
        if (!resource.equals(ANY) && set.isEmpty()) {
            String another = others.stream()
                    .filter(type ->
                            !new ArnSet(type.arns(asker.partition()), List.of(), Optional.empty(), resource).isEmpty())
                    .map(type -> " has the type " + type.name() + ", which " + action + " does not use")
                    .findFirst()
                    .orElse(" is not a resource that " + action + " uses");
            problems.add(
                    RESOURCE,
                    "\"" + resource + "\"" + another,
                    use.types().stream()
                            .limit(MOST)
                            .map(type -> String.join(" or ", type.arns(asker.partition())) + " (" + type.name() + ")")
                            .collect(Collectors.joining(", ")),
                    "write the ARN of such a resource, or a pattern of such ARNs");
            return Optional.empty();
        }
        return Optional.of(new ActionQuestion(
                action, resource, Optional.of(set), names(use.types()), names(use.required()), true));
    }

    private static ActionQuestion unknown(String action, String resource) {
        return new ActionQuestion(action, resource, Optional.empty(), List.of(), List.of(), false);
    }

    private static List<String> names(List<ResourceTable.Type> types) {
        return types.stream().map(ResourceTable.Type::name).toList();
    }

    private static List<String> arns(List<ResourceTable.Type> types, Partition partition) {
        return types.stream().flatMap(type -> type.arns(partition).stream()).toList();
    }

    /** Whether a text as on the command line is {@code *}, an ARN of the partition or a pattern of such ARNs. */
    static boolean isResource(String resource, Partition partition, Problems problems) {
        String[] field = resource.split(":", FIELDS);
        boolean pattern = resource.contains(ANY) || resource.contains("?");
        if (resource.equals(ANY)) {
            return true;
        }
        if (resource.contains("${")) {
            problems.add(RESOURCE, "\"" + resource + "\" has a variable", "write the ARN itself, or * for any text");
            return false;
        }
        Optional<Problem> foreign = isPattern(field, 1) ? Optional.empty() : partition.problemWith(resource);
        if (foreign.isPresent()) {
            problems.add(foreign.get().at(RESOURCE));
            return false;
        }
        boolean open = pattern && field.length > 1 && field.length < FIELDS && resource.endsWith(ANY);
        boolean wellFormed = field[0].equals("arn") && pattern && (open || field.length == FIELDS);
        return (wellFormed || isFine(() -> Arn.parse(resource), problems)) && isRegion(field, partition, problems);
    }

    private static boolean isPattern(String[] field, int index) {
        return field.length > index && (field[index].contains(ANY) || field[index].contains("?"));
    }

    private static boolean isRegion(String[] field, Partition partition, Problems problems) {
        if (field.length < FIELDS || field[3].isEmpty() || isPattern(field, 3)) {
            return true;
        }
        return isFine(
                () -> {
                    Region.check(field[3]);
                    Partition of = Partition.ofRegion(field[3]);
                    if (of != partition) {
                        throw new InvalidInputException(new Problem(
                                Place.InSpec.UNKNOWN,
                                "the region " + field[3] + " is in the partition " + of + ", the account in "
                                        + partition,
                                "name a region of " + partition));
                    }
                },
                problems);
    }

    private static boolean isFine(Runnable check, Problems problems) {
        try {
            check.run();
            return true;
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> problems.add(problem.at(RESOURCE)));
            return false;
        }
    }
}
