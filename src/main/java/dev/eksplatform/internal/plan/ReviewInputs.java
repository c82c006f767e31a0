package dev.eksplatform.internal.plan;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads the evidence of the stacks of a change. */
public final class ReviewInputs {

    private ReviewInputs() {}

    /**
     * Reads plans and configurations.
     *
     * <p>A stack of the configuration without a plan is compared with the base. It is left out when there is no base, and
     * when it did not change, unless its plan failed.
     *
     * @param plans the output of {@code terraform show -json PLANFILE} by stack, in the order to show
     * @param unplanned the stacks whose plan failed; each is in the configuration
     * @param configuration the synthesized folder of the change; empty when there is none
     * @param base the synthesized folder before the change; empty when there is none
     * @return the stacks with a plan, then those without, by name
     * @throws InvalidInputException with all problems of all files
     */
    public static List<StackEvidence> read(
            Map<String, Path> plans,
            Set<String> unplanned,
            Optional<SynthesizedFolder> configuration,
            Optional<SynthesizedFolder> base) {
        Problems problems = new Problems();
        List<StackEvidence> inputs = new ArrayList<>();
        plans.forEach((stack, file) -> add(inputs, problems, () -> {
            StackEvidence evidence = StackEvidence.planned(stack, Plan.read(file));
            configuration.ifPresent(folder -> folder.stack(stack));
            return withConfigurations(evidence, configuration, base);
        }));
        TreeSet<String> others = new TreeSet<>(unplanned);
        base.ifPresent(before -> others.addAll(changed(problems, configuration, before)));
        others.removeAll(plans.keySet());
        others.forEach(stack -> add(inputs, problems, () -> {
            if (unplanned.contains(stack)) {
                configuration.orElse(SynthesizedFolder.DEFAULT).stack(stack);
            }
            return withConfigurations(StackEvidence.unplanned(stack), configuration, base);
        }));
        problems.throwIfAny();
        return inputs;
    }

    private static Set<String> changed(
            Problems problems, Optional<SynthesizedFolder> configuration, SynthesizedFolder base) {
        TreeSet<String> names = new TreeSet<>();
        names(configuration, names, problems);
        names(Optional.of(base), names, problems);
        names.removeIf(
                stack -> configuration.map(folder -> folder.same(stack, base)).orElse(true));
        return names;
    }

    private static void names(Optional<SynthesizedFolder> folder, TreeSet<String> into, Problems problems) {
        try {
            folder.ifPresent(existing -> into.addAll(existing.names()));
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::add);
        }
    }

    private static StackEvidence withConfigurations(
            StackEvidence evidence, Optional<SynthesizedFolder> configuration, Optional<SynthesizedFolder> base) {
        StackEvidence withHead =
                configuration.map(folder -> folder.addHead(evidence)).orElse(evidence);
        return base.map(folder -> folder.addBase(withHead)).orElse(withHead);
    }

    private static void add(List<StackEvidence> inputs, Problems problems, Supplier<StackEvidence> input) {
        try {
            inputs.add(input.get());
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::add);
        }
    }
}
