package dev.eksplatform.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that a review of one plan writes. */
final class MaskedOutputs {

    private static final String DAY = "2026-03-01";

    private MaskedOutputs() {}

    /** The outputs by format, with what is written to the console. */
    static Map<String, String> of(Path folder, byte[] plan) throws IOException {
        Path file = Files.write(folder.resolve("plan.json"), plan);
        Path out = folder.resolve("out");
        Map<String, String> outputs = new LinkedHashMap<>();
        CommandRun run = CommandRun.of(
                "review",
                "--today",
                DAY,
                "--stack",
                "s=" + file,
                "--markdown",
                out.resolve("markdown").toString(),
                "--html",
                out.resolve("html").toString(),
                "--sarif",
                out.resolve("sarif").toString(),
                "--junit",
                out.resolve("junit").toString(),
                "--json",
                out.resolve("json").toString());
        if (run.status() > 1) {
            throw new AssertionError("status " + run.status() + ": " + run.err());
        }
        outputs.put("the console", run.out() + run.err());
        for (String format : new String[] {"markdown", "html", "sarif", "junit", "json"}) {
            outputs.put(format, Files.readString(out.resolve(format)));
        }
        // the program's own style and script have nothing of a plan
        outputs.computeIfPresent("html", (key, page) -> page.replaceAll("(?s)<(style|script)[^>]*>.*?</\\1>", ""));
        return outputs;
    }
}
