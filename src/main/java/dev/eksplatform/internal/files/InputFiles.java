package dev.eksplatform.internal.files;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files that a user names as input. */
public final class InputFiles {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private InputFiles() {}

    /**
     * Reads a text file in UTF-8, with or without a byte order mark.
     *
     * @param file the file, shown in errors as given
     * @param mostBytes the largest size
     * @return its text without the mark
     * @throws InvalidInputException when there is no such file, it cannot be read, is larger, or is not UTF-8
     */
    public static String text(Path file, long mostBytes) {
        String text = exactText(file, mostBytes);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /**
     * Reads a text file in UTF-8 so that writing the text gives the same bytes.
     *
     * @param file the file, shown in errors as given
     * @param mostBytes the largest size
     * @return its text, with a byte order mark if it has one
     * @throws InvalidInputException as {@link #text}
     */
    public static String exactText(Path file, long mostBytes) {
        check(file, "check the path");
        try {
            if (Files.size(file) > mostBytes) {
                throw new InvalidInputException(new Problem(
                        Place.file(file),
                        "a file of more than " + (mostBytes >> 20) + " MiB",
                        "split it into several files"));
            }
            return decode(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unreadable(Place.file(file), e));
        }
    }

    /**
     * Checks that there is a file.
     *
     * @param file the file, shown in errors as given
     * @param fix how to get it, when no file of a similar name is there
     * @throws InvalidInputException when there is none, or a folder
     */
    public static void check(Path file, String fix) {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(new Problem(Place.file(file), "a folder", "name a file in it"));
        }
        if (!Files.exists(file)) {
            throw new InvalidInputException(missing(file, fix));
        }
    }

    /**
     * The problem of a file that does not exist.
     *
     * @param file the file, shown as given
     * @param fix how to get it, when no file of a similar name is there
     * @return the problem
     */
    public static Problem missing(Path file, String fix) {
        return new Problem(
                Place.file(file),
                "no such file",
                near(file)
                        .map(name ->
                                Suggestion.didYouMean(file.resolveSibling(name).toString()))
                        .orElse(fix));
    }

    /**
     * The file that was probably meant.
     *
     * @param missing a file that does not exist
     * @return the name of a file in the same folder; empty when none is similar
     */
    public static Optional<String> near(Path missing) {
        Path folder = missing.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            List<String> names = siblings.filter(Files::isRegularFile)
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
            return Suggestion.nearest(String.valueOf(missing.getFileName()), names);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String decode(Path file, byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(input).toString();
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, input.position(), StandardCharsets.UTF_8);
            throw new InvalidInputException(new Problem(
                    new Place.InFile(SourcePosition.of(file.toString(), before, before.length()), PropertyPath.ROOT),
                    "bytes that are not UTF-8",
                    "save the file as UTF-8"));
        }
    }
}
