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
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The test needs these programs on {@code PATH}. Where one is missing the test is skipped, and standard error says so; with {@code
 * CI=true} in the environment it fails instead, so that no pipeline is green for want of a program.
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
                    .orElseGet(() -> ConditionEvaluationResult.enabled("needs no program"));
        }

        static ConditionEvaluationResult evaluate(String test, List<String> programs, String path, boolean ci) {
            List<String> missing =
                    programs.stream().filter(program -> !isOn(path, program)).toList();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("all programs are there");
            }
            String reason = "no " + String.join(", no ", missing) + " on PATH";
            if (ci) {
                throw new AssertionError(test + ": " + reason + ". In CI (CI=true) that is a failure: install it.");
            }
            System.err.println("SKIPPED " + test + ": " + reason);
            return ConditionEvaluationResult.disabled(reason);
        }

        private static boolean isOn(String path, String program) {
            return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                    .splitAsStream(path)
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        }
    }
}
