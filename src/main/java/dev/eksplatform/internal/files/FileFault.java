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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system says about a file, as a problem for its user: a full disk is no defect of a program. */
public final class FileFault {

    /** Node's words for the same, such as {@code ENOSPC: no space left on device, write}. */
    private static final Pattern NODE =
            Pattern.compile("\\b(E[A-Z]{2,12}): ([a-z][a-z ,-]*?)(?:, (?:[a-z]+)(?: '([^']*)'.*)?)?$");

    private static final Pattern OF_THE_MACHINE = Pattern.compile(
            "ENOSPC|EROFS|EACCES|EPERM|EDQUOT|EFBIG|EIO|ENAMETOOLONG|ENOTDIR|EISDIR|ELOOP|EMFILE|ENFILE");

    /** The words of the Java side of jsii. */
    private static final Pattern NODE_ENDED = Pattern.compile(
            "Child process exited unexpectedly|Unable to (send request to|read reply from) jsii-runtime");

    /** What is said of a fault that names no file. */
    private static final String SOMEWHERE = "a temporary file (TMPDIR names their folder) or an output";

    private FileFault() {}

    /**
     * What could not be written.
     *
     * @param where the file or folder, or the option that names it
     * @param fault what happened
     * @param allowed what can be written there instead
     * @return the problem, with the reason in the words of the operating system
     */
    public static Problem unwritable(String where, IOException fault, String allowed) {
        return new Problem(where, "cannot be written: " + reason(fault), allowed, fix(reason(fault)));
    }

    /**
     * What could not be read.
     *
     * @param where the file or folder, or the option that names it
     * @param fault what happened
     * @param allowed what can be read there instead
     * @return the problem, with the reason in the words of the operating system
     */
    public static Problem unreadable(String where, IOException fault, String allowed) {
        return new Problem(where, "cannot be read: " + reason(fault), allowed, fix(reason(fault)));
    }

    /**
     * What could not be read.
     *
     * @param place the file or folder, or the option that names it
     * @param fault what happened
     * @return the problem, with the reason in the words of the operating system
     */
    public static Problem unreadable(Place place, IOException fault) {
        return new Problem(place, "cannot be read: " + reason(fault), fix(reason(fault)));
    }

    /**
     * What could not be written.
     *
     * @param place the file or folder, or the option that names it
     * @param fault what happened
     * @return the problem, with the reason in the words of the operating system
     */
    public static Problem unwritable(Place place, IOException fault) {
        return new Problem(place, "cannot be written: " + reason(fault), fix(reason(fault)));
    }

    /**
     * The problem with a file that an exception comes from, wherever it was thrown.
     *
     * @param thrown the exception
     * @return empty when neither it nor a cause of it is about a file, a path or the space for it
     */
    public static Optional<Problem> in(Throwable thrown) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one instanceof FileSystemException fault && fault.getFile() != null) {
                return Optional.of(access(fault.getFile(), reason(fault)));
            }
            if (one instanceof InvalidPathException path) {
                return Optional.of(new Problem(
                        path.getInput(),
                        "no path: " + path.getReason(),
                        "a path that the file system can have",
                        "check its characters; names that are not ASCII need a UTF-8 locale, such as LC_ALL=C.UTF-8"));
            }
            String message = String.valueOf(one.getMessage());
            if (NODE_ENDED.matcher(message).find()) {
                return Optional.of(new Problem(
                        "Node.js",
                        "was ended while it worked",
                        "memory for it, and files as large as the output",
                        "run the command again, with more memory or a larger ulimit -f if that is what ended it"));
            }
            Optional<Problem> node =
                    message.lines().flatMap(line -> ofNode(line).stream()).findFirst();
            if (node.isPresent()) {
                return node;
            }
            if (one instanceof IOException && !fix(message).equals(CHECK)) {
                return Optional.of(access(SOMEWHERE, message));
            }
        }
        return Optional.empty();
    }

    private static Problem access(String where, String reason) {
        return new Problem(
                where,
                "cannot be read or written: " + reason,
                "a file or folder that can be read and written",
                fix(reason));
    }

    private static Optional<Problem> ofNode(String line) {
        Matcher words = NODE.matcher(line.strip());
        if (!words.find() || !OF_THE_MACHINE.matcher(words.group(1)).matches()) {
            return Optional.empty();
        }
        String where = words.group(3) == null ? SOMEWHERE : words.group(3);
        String reason = words.group(2);
        return Optional.of(access(where, reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1)));
    }

    private static String reason(IOException fault) {
        if (fault instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (fault instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (fault instanceof FileAlreadyExistsException) {
            return "Not a directory";
        }
        if (fault instanceof NotDirectoryException) {
            return "Not a directory";
        }
        if (fault instanceof DirectoryNotEmptyException) {
            return "Is a directory";
        }
        if (fault instanceof FileSystemLoopException) {
            return "Too many levels of symbolic links";
        }
        if (fault instanceof CharacterCodingException) {
            return "Not UTF-8";
        }
        if (fault instanceof FileSystemException of && of.getReason() != null) {
            return of.getReason();
        }
        String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }

    private static final String CHECK = "check the path and its permissions";

    private static String fix(String reason) {
        return switch (reason.toLowerCase(Locale.ROOT)) {
            case "no space left on device" -> "free some space there, or name another place";
            case "disk quota exceeded" -> "free some space there, or have the quota raised";
            case "file too large" -> "raise the limit of file sizes (ulimit -f), or name another place";
            case "read-only file system" -> "mount it writable, or name another place";
            case "permission denied", "operation not permitted" -> "change its permissions, or name another place";
            case "file name too long" -> "use a shorter name";
            case "is a directory" -> "name a file, or remove the folder";
            case "not a directory" -> "remove the file in the way, or name another place";
            case "too many levels of symbolic links" -> "fix the links, which form a cycle";
            case "too many open files" -> "raise the limit of open files (ulimit -n)";
            case "not utf-8" -> "save it as UTF-8";
            case "input/output error" -> "check the disk, or name another place";
            default -> CHECK;
        };
    }
}
