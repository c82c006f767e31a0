package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.review.StackInput;
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
import org.jspecify.annotations.Nullable;

/** Gathers what is known about the stacks of a change. */
public final class ReviewInputs {

    private ReviewInputs() {}

    private static final SynthesizedFolder NO_CONFIGURATION = new SynthesizedFolder(Path.of("cdktf.out"));

    /**
     * Reads plans and configurations.
     *
     * <p>A stack with a plan and a configuration is bound: its review says what may be applied in its name. A stack of
     * the configuration without a plan is compared with the base; without a base it is left out, and so it is when it did
     * not change, unless its plan failed.
     *
     * @param plans the output of {@code terraform show -json PLANFILE} by stack, in the order to show
     * @param unplanned the stacks whose plan failed; each is in the configuration
     * @param configuration the synthesized folder of the change; empty when there is none
     * @param base the synthesized folder before the change; empty when there is none
     * @param commit the commit that is reviewed; {@code null} when there is none
     * @return the stacks with a plan, then those without, by name
     * @throws InvalidInputException with all problems of all files
     */
    public static List<StackInput> read(
            Map<String, Path> plans,
            Set<String> unplanned,
            Optional<SynthesizedFolder> configuration,
            Optional<SynthesizedFolder> base,
            @Nullable String commit) {
        Problems problems = new Problems();
        List<StackInput> inputs = new ArrayList<>();
        plans.forEach((stack, file) -> add(inputs, problems, () -> {
            StackInput input = StackInput.planned(stack, Plan.read(file));
            if (configuration.isPresent()) {
                Path folder = configuration.get().stack(stack);
                input = input.withBinding(ReviewBinding.of(stack, file, folder, commit));
            }
            return withConfigurations(input, configuration, base);
        }));
        TreeSet<String> others = new TreeSet<>(unplanned);
        base.ifPresent(before -> others.addAll(changed(problems, configuration, before)));
        others.removeAll(plans.keySet());
        others.forEach(stack -> add(inputs, problems, () -> {
            if (unplanned.contains(stack)) {
                configuration.orElse(NO_CONFIGURATION).stack(stack);
            }
            return withConfigurations(StackInput.unplanned(stack), configuration, base);
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

    private static StackInput withConfigurations(
            StackInput input, Optional<SynthesizedFolder> configuration, Optional<SynthesizedFolder> base) {
        String stack = input.name();
        StackInput result = input;
        if (configuration.isPresent() && configuration.get().has(stack)) {
            result = result.withHead(configuration.get().read(stack))
                    .withSources(configuration.get().sources(stack));
        }
        if (base.isPresent() && base.get().has(stack)) {
            result = result.withBase(base.get().read(stack));
        }
        return result;
    }

    private static void add(List<StackInput> inputs, Problems problems, Supplier<StackInput> input) {
        try {
            inputs.add(input.get());
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::add);
        }
    }
}
