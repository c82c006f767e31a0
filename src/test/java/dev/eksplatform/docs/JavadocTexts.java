package dev.eksplatform.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What Javadoc says of types, constants and components of records, read from the sources. */
public final class JavadocTexts {

    private final Map<String, String> texts = new HashMap<>();

    private JavadocTexts() {}

    /**
     * Reads all sources below some folders.
     *
     * @param folders such as {@code src/main/java}
     * @return their texts
     */
    public static JavadocTexts read(Path... folders) {
        JavadocTexts read = new JavadocTexts();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    Stream.of(folders).flatMap(JavadocTexts::sources).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    problem -> {},
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(sources));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                read.new Scanner(trees, unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> below = Files.walk(folder)) {
            return below.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The first sentence about a type.
     *
     * @param type the type
     * @return the sentence with its period; empty when the type has no Javadoc
     */
    public Optional<String> of(Class<?> type) {
        return Optional.ofNullable(texts.get(type.getName()));
    }

    /**
     * What is said of a component of a record or of a constant of an enum.
     *
     * @param type the record or the enum
     * @param member the component or the constant
     * @return the whole {@code @param} of a component, the first sentence about a constant
     */
    public Optional<String> of(Class<?> type, String member) {
        return Optional.ofNullable(texts.get(type.getName() + "#" + member));
    }

    private static String text(List<? extends DocTree> parts) {
        return parts.stream()
                .map(JavadocTexts::text)
                .collect(Collectors.joining())
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static String text(DocTree part) {
        if (part instanceof TextTree text) {
            return text.getBody();
        }
        if (part instanceof LiteralTree literal) {
            return literal.getBody().getBody();
        }
        if (part instanceof LinkTree link) {
            return link.getLabel().isEmpty()
                    ? link.getReference().getSignature().replaceFirst(".*#", "")
                    : text(link.getLabel());
        }
        return switch (part.getKind()) {
            case START_ELEMENT, END_ELEMENT -> "";
            default -> part.toString();
        };
    }

    private final class Scanner extends TreePathScanner<Void, @Nullable String> {

        private final DocTrees trees;
        private final String prefix;

        Scanner(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        }

        @Override
        public Void visitClass(ClassTree type, @Nullable String outer) {
            String name = outer == null ? prefix + type.getSimpleName() : outer + "$" + type.getSimpleName();
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                texts.put(name, text(comment.getFirstSentence()));
                for (DocTree tag : comment.getBlockTags()) {
                    if (tag instanceof ParamTree param && !param.isTypeParameter()) {
                        texts.put(name + "#" + param.getName(), text(param.getDescription()));
                    }
                }
            }
            return super.visitClass(type, name);
        }

        @Override
        public Void visitVariable(VariableTree variable, @Nullable String owner) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                texts.put(owner + "#" + variable.getName(), text(comment.getFirstSentence()));
            }
            return super.visitVariable(variable, owner);
        }
    }
}
