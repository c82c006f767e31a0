package dev.eksplatform.construct;

import dev.eksplatform.problem.SourcePosition;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The line of a program that called into eks-platform. */
final class JavaSource {

    private static final String OWN = "dev.eksplatform.";

    /** What is created here comes from an environment file, whose positions say more. */
    private static final String ENVIRONMENT = OWN + "stack.";

    /** Where Maven and Gradle have the sources of what they compile into a folder. */
    private static final Map<Path, Path> SOURCES = Map.of(
            Path.of("target/classes"), Path.of("src/main/java"),
            Path.of("target/test-classes"), Path.of("src/test/java"),
            Path.of("build/classes/java/main"), Path.of("src/main/java"),
            Path.of("build/classes/java/test"), Path.of("src/test/java"));

    private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private JavaSource() {}

    static @Nullable SourcePosition ofCaller() {
        return WALKER.walk(frames -> {
            for (Iterator<StackFrame> each = frames.iterator(); each.hasNext(); ) {
                StackFrame frame = each.next();
                String name = frame.getClassName();
                if (name.startsWith(ENVIRONMENT)) {
                    return null;
                }
                if (!name.startsWith(OWN) && !name.startsWith("java.")) {
                    return position(frame);
                }
            }
            return null;
        });
    }

    private static @Nullable SourcePosition position(StackFrame frame) {
        String file = frame.getFileName();
        if (file == null || frame.getLineNumber() < 1) {
            return null;
        }
        Class<?> type = frame.getDeclaringClass();
        String path = type.getPackageName().replace('.', '/') + "/" + file;
        return new SourcePosition(folder(type.getProtectionDomain().getCodeSource()) + path, frame.getLineNumber(), 1);
    }

    /** Where the sources of a class lie in the project; empty for one that does not lie in a folder of Maven's or Gradle's. */
    private static String folder(@Nullable CodeSource source) {
        if (source == null || source.getLocation() == null) {
            return "";
        }
        Path classes;
        try {
            classes = Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException | RuntimeException e) {
            return "";
        }
        Path project = Path.of("").toAbsolutePath();
        return SOURCES.entrySet().stream()
                .filter(layout -> classes.endsWith(layout.getKey()))
                .findFirst()
                .map(layout -> {
                    Path module = classes.resolve("../".repeat(layout.getKey().getNameCount()))
                            .normalize();
                    Path sources = layout.getValue();
                    Path inProject = module.startsWith(project)
                            ? project.relativize(module).resolve(sources)
                            : sources;
                    return inProject.toString().replace('\\', '/') + "/";
                })
                .orElse("");
    }
}
