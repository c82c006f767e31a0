package dev.eksplatform.workload.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;

/**
 * What is below a folder, through links to files and folders; a link to a folder that it is in, or that the
 * first folder is in, is not followed.
 *
 * @param files the files, sorted
 * @param dangling the links to nothing, sorted
 * @param unreadable the folders that cannot be read, sorted
 */
record FileTree(List<Path> files, List<Path> dangling, List<Path> unreadable) {

    private static final int DEEPEST = 16;

    static FileTree of(Path folder) {
        return of(folder, DEEPEST);
    }

    /** What is at most so many levels below a folder; 1 for the folder itself. */
    static FileTree of(Path folder, int levels) {
        TreeSet<Path> files = new TreeSet<>();
        TreeSet<Path> dangling = new TreeSet<>();
        TreeSet<Path> unreadable = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try {
                Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), levels, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes)
                            throws IOException {
                        boolean upwards = !below.equals(folder)
                                && Files.isSymbolicLink(below)
                                && folder.toRealPath().startsWith(below.toRealPath());
                        return upwards ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            files.add(file);
                        } else if (attributes.isSymbolicLink() && !Files.isDirectory(file)) {
                            dangling.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        if (!(failure instanceof FileSystemLoopException)) {
                            unreadable.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new FileTree(List.copyOf(files), List.copyOf(dangling), List.copyOf(unreadable));
    }
}
