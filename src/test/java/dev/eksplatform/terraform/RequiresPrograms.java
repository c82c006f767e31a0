package dev.eksplatform.terraform;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The test needs these programs on {@code PATH}. If one is missing, the test is skipped and standard error says so; with {@code
 * CI=true} in the environment it fails instead, so that no pipeline passes because a program is missing.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresPrograms.Condition.class)
public @interface RequiresPrograms {

    /** What {@link Moto} and {@link TerraformRunner} need: {@code terraform} and {@code python3}. {@link CdktfRunner}: {@code npm} too. */
    String[] value() default {"terraform", "python3"};

    /** The check itself. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement()
                    .flatMap(element -> AnnotationSupport.findAnnotation(element, RequiresPrograms.class))
                    .map(required -> evaluate(
                            context.getDisplayName(),
                            Arrays.asList(required.value()),
                            System.getenv("PATH"),
                            "true".equals(System.getenv("CI"))))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("requires no program"));
        }

        static ConditionEvaluationResult evaluate(String test, List<String> programs, String path, boolean ci) {
            List<String> missing = programs.stream()
                    .filter(program -> find(path, program).isEmpty())
                    .toList();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("all programs are on PATH");
            }
            String reason = "no " + String.join(", no ", missing) + " on PATH";
            if (ci) {
                throw new AssertionError(test + ": " + reason + ". With CI=true that is a failure: install it.");
            }
            System.err.println("SKIPPED " + test + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }

        /** The executable file of a program that the test requires. */
        public static Path path(String program) {
            return find(System.getenv("PATH"), program).orElseThrow();
        }

        private static Optional<Path> find(String path, String program) {
            return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(path)
                    .map(folder -> Path.of(folder, program))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }
}
