package dev.eksplatform.internal.files;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system says about a file, as a problem for its user: a full disk is not a defect of a program. */
public final class FileFault {

    /** Node's words for the same, such as {@code ENOSPC: no space left on device, write}. */
    private static final Pattern NODE =
            Pattern.compile("\\b(E[A-Z]{2,12}): ([a-z][a-z ,-]*?)(?:, (?:[a-z]+)(?: '([^']*)'.*)?)?$");

    private static final Pattern OF_THE_MACHINE = Pattern.compile(
            "ENOSPC|EROFS|EACCES|EPERM|EDQUOT|EFBIG|EIO|ENAMETOOLONG|ENOTDIR|EISDIR|ELOOP|EMFILE|ENFILE");

    /** The words of the Java side of jsii. */
    private static final Pattern NODE_ENDED = Pattern.compile(
            "Child process exited unexpectedly|Unable to (send request to|read reply from) jsii-runtime");

    /** The place of a fault that names no file. */
    private static final Place SOMEWHERE =
            new Place.OnCommandLine("a temporary file (TMPDIR names their folder) or an output");

    /** What exceptions say by their class only. */
    private static final Map<Class<?>, String> REASONS = Map.of(
            AccessDeniedException.class, "Permission denied",
            NoSuchFileException.class, "No such file or directory",
            FileAlreadyExistsException.class, "Not a directory",
            NotDirectoryException.class, "Not a directory",
            DirectoryNotEmptyException.class, "Is a directory",
            FileSystemLoopException.class, "Too many levels of symbolic links",
            CharacterCodingException.class, "Not UTF-8");

    private static final String ELSEWHERE = "name another place";
    private static final String CHECK = "check the path and its permissions";

    private FileFault() {}

    /**
     * What could not be written.
     *
     * @param place the file or folder, or the option that names it
     * @param fault what happened
     * @return the problem, with the reason in the words of the operating system
     */
    public static Problem unwritable(Place place, IOException fault) {
        return unwritable(place, fault, ELSEWHERE);
    }

    /**
     * What could not be written, where a fix may be another place.
     *
     * @param place the file or folder, or the option that names it
     * @param fault what happened
     * @param elsewhere how another place is named, such as {@code name another place with --output}
     * @return the problem, with the reason in the words of the operating system
     */
    public static Problem unwritable(Place place, IOException fault, String elsewhere) {
        return new Problem(place, "cannot be written: " + reason(fault), fix(reason(fault), elsewhere));
    }

    /**
     * What could not be read.
     *
     * @param place the file or folder, or the option that names it
     * @param fault what happened
     * @return the problem, with the reason in the words of the operating system
     */
    public static Problem unreadable(Place place, IOException fault) {
        return new Problem(place, "cannot be read: " + reason(fault), fix(reason(fault), ELSEWHERE));
    }

    /**
     * The problem with a file that an exception comes from, wherever it was thrown.
     *
     * @param thrown the exception
     * @return empty when neither it nor a cause of it is about a file, a path or the space for it
     */
    public static Optional<Problem> in(Throwable thrown) {
        return in(thrown, ELSEWHERE);
    }

    /**
     * The problem with a file that an exception comes from, where a fix may be another place.
     *
     * @param thrown the exception
     * @param elsewhere how another place is named, such as {@code name another place with --output}
     * @return as {@link #in(Throwable)}
     */
    public static Optional<Problem> in(Throwable thrown, String elsewhere) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one instanceof FileSystemException fault && fault.getFile() != null) {
                return Optional.of(access(Place.file(fault.getFile()), reason(fault), elsewhere));
            }
            if (one instanceof InvalidPathException path) {
                return Optional.of(new Problem(
                        new Place.OnCommandLine(path.getInput()),
                        "not a path: " + path.getReason(),
                        "check its characters; names that are not ASCII need a UTF-8 locale, such as LC_ALL=C.UTF-8"));
            }
            String message = String.valueOf(one.getMessage());
            if (NODE_ENDED.matcher(message).find()) {
                return Optional.of(new Problem(
                        new Place.OnCommandLine("Node.js"),
                        "it was ended while it worked",
                        "run the command again, with more memory or a larger ulimit -f if that is what ended it"));
            }
            Optional<Problem> node = message.lines()
                    .flatMap(line -> ofNode(line, elsewhere).stream())
                    .findFirst();
            if (node.isPresent()) {
                return node;
            }
            if (one instanceof IOException && !fix(message, elsewhere).equals(CHECK)) {
                return Optional.of(access(SOMEWHERE, message, elsewhere));
            }
        }
        return Optional.empty();
    }

    private static Problem access(Place place, String reason, String elsewhere) {
        return new Problem(place, "cannot be read or written: " + reason, fix(reason, elsewhere));
    }

    private static Optional<Problem> ofNode(String line, String elsewhere) {
        Matcher words = NODE.matcher(line.strip());
        if (!words.find() || !OF_THE_MACHINE.matcher(words.group(1)).matches()) {
            return Optional.empty();
        }
        Place place = words.group(3) == null ? SOMEWHERE : Place.file(words.group(3));
        String reason = words.group(2);
        return Optional.of(
                access(place, reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1), elsewhere));
    }

    private static String reason(IOException fault) {
        for (Map.Entry<Class<?>, String> known : REASONS.entrySet()) {
            if (known.getKey().isInstance(fault)) {
                return known.getValue();
            }
        }
        if (fault instanceof FileSystemException of && of.getReason() != null) {
            return of.getReason();
        }
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }

    private static String fix(String reason, String elsewhere) {
        return switch (reason.toLowerCase(Locale.ROOT)) {
            case "no space left on device" -> "free some space there, or " + elsewhere;
            case "disk quota exceeded" -> "free some space there, or have the quota raised";
            case "file too large" -> "raise the limit of file sizes (ulimit -f), or " + elsewhere;
            case "read-only file system" -> "mount it writable, or " + elsewhere;
            case "permission denied", "operation not permitted" -> "change its permissions, or " + elsewhere;
            case "file name too long" -> "use a shorter name";
            case "is a directory" -> "name a file, or remove the folder";
            case "not a directory" -> "remove the file in the way, or " + elsewhere;
            case "too many levels of symbolic links" -> "fix the links, which form a cycle";
            case "too many open files" -> "raise the limit of open files (ulimit -n)";
            case "not utf-8" -> "save it as UTF-8";
            case "input/output error" -> "check the disk, or " + elsewhere;
            default -> CHECK;
        };
    }
}
