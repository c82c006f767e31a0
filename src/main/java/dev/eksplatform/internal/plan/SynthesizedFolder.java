package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
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

    /** The folder with a folder for each stack. */
    public static final String STACKS = "stacks";

    /** The configuration in the folder of a stack. */
    public static final String CONFIGURATION = "cdk.tf.json";

    /** The lines that resources come from, in the folder of a stack; see {@link SourceMap}. */
    public static final String SOURCES = "sources.json";

    /** The folder that CDKTF synthesizes into by default. */
    public static final SynthesizedFolder DEFAULT = new SynthesizedFolder(Path.of("cdktf.out"));

    /**
     * The configuration of a stack.
     *
     * @param stack the stack's name
     * @return its file, whether it exists or not
     */
    public Path configuration(String stack) {
        return folder.resolve(STACKS).resolve(stack).resolve(CONFIGURATION);
    }

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
                    Place.file(folder),
                    "no folder stacks in it that can be read",
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
                    Place.file(folder),
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
        return Files.isRegularFile(configuration(stack));
    }

    /** Whether a stack has the same configuration in both folders, byte for byte. */
    boolean same(String stack, SynthesizedFolder other) {
        try {
            return has(stack)
                    && other.has(stack)
                    && Files.mismatch(configuration(stack), other.configuration(stack)) < 0;
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unreadable(Place.file(folder), e));
        }
    }

    /** Adds the configuration of the head, if the stack is in this folder. */
    StackEvidence addHead(StackEvidence evidence) {
        String stack = evidence.name();
        return has(stack)
                ? evidence.withHead(SynthesizedStack.read(configuration(stack)))
                        .withSources(SourceMap.read(configuration(stack).resolveSibling(SOURCES)))
                : evidence;
    }

    /** Adds the configuration of the base, if the stack is in this folder. */
    StackEvidence addBase(StackEvidence evidence) {
        String stack = evidence.name();
        return has(stack) ? evidence.withBase(SynthesizedStack.read(configuration(stack))) : evidence;
    }

    /**
     * The stacks of the folder, without plans.
     *
     * @return in the order of their names
     * @throws InvalidInputException when one of them is not what synth writes
     */
    public List<StackEvidence> stacks() {
        return names().stream()
                .map(stack -> addHead(StackEvidence.unplanned(stack)))
                .toList();
    }
}
