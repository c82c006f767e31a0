package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.review.StackInput;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that CDKTF synthesizes into: {@code stacks/<stack>/cdk.tf.json}, with {@code sources.json} beside it.
 *
 * @param folder such as {@code cdktf.out}
 */
public record SynthesizedFolder(Path folder) {

    private static final String STACKS = "stacks";
    private static final String CONFIGURATION = "cdk.tf.json";

    /**
     * Its stacks.
     *
     * @return their names, sorted
     * @throws InvalidInputException when there is no such folder
     */
    public List<String> names() {
        try (Stream<Path> stacks = Files.list(folder.resolve(STACKS))) {
            return stacks.filter(stack -> Files.isRegularFile(stack.resolve(CONFIGURATION)))
                    .map(stack -> stack.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    folder.toString(),
                    "no folder stacks in it that can be read",
                    "an output folder of synth",
                    "write it with: synth --output " + folder));
        }
    }

    /**
     * The folder of one stack.
     *
     * @param stack its name
     * @return where its {@code cdk.tf.json} is
     * @throws InvalidInputException when there is none of this name
     */
    public Path stack(String stack) {
        List<String> names = names();
        if (!names.contains(stack)) {
            throw new InvalidInputException(new Problem(
                    folder.toString(),
                    "no stack \"" + stack + "\"",
                    names.isEmpty() ? "a folder with stacks" : String.join(", ", names),
                    Suggestion.nearest(stack, names)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("name one of these, or synthesize it")));
        }
        return folder.resolve(STACKS).resolve(stack);
    }

    /**
     * Says whether a stack is in it.
     *
     * @param stack its name
     * @return false too when there is no such folder
     */
    public boolean has(String stack) {
        return Files.isRegularFile(folder.resolve(STACKS).resolve(stack).resolve(CONFIGURATION));
    }

    SynthesizedStack read(String stack) {
        return SynthesizedStack.read(stack(stack).resolve(CONFIGURATION));
    }

    Sources sources(String stack) {
        return Sources.read(stack(stack).resolve("sources.json"));
    }

    /** Whether a stack is in both folders, byte for byte. */
    boolean same(String stack, SynthesizedFolder other) {
        try {
            return has(stack)
                    && other.has(stack)
                    && Files.mismatch(
                                    stack(stack).resolve(CONFIGURATION),
                                    other.stack(stack).resolve(CONFIGURATION))
                            < 0;
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    folder.toString(),
                    "stack " + stack + " cannot be read",
                    "a readable file",
                    "check its permissions"));
        }
    }

    /**
     * Its stacks without plans.
     *
     * @return in the order of their names
     * @throws InvalidInputException when one of them is not what synth writes
     */
    public List<StackInput> inputs() {
        return names().stream()
                .map(stack -> StackInput.unplanned(stack).withHead(read(stack)).withSources(sources(stack)))
                .toList();
    }
}
