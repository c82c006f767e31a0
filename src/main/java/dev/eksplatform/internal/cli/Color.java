package dev.eksplatform.internal.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The option {@code --color}. */
final class Color {

    @Option(
            names = "--color",
            negatable = true,
            fallbackValue = "true",
            description = "Colour the text, or not (default: on a terminal, unless NO_COLOR is set).")
    private @Nullable Boolean chosen;

    boolean isOn() {
        return chosen != null ? chosen : Ansi.AUTO.enabled();
    }
}
