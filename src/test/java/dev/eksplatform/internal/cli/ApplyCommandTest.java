package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {

    @TempDir
    Path folder;

    @Test
    void needsAReviewAndAStack() {
        CommandRun run = CommandRun.of("apply");
        assertThat(run.err()).isEqualTo("""
                --reviewed: missing; fix: add --reviewed FILE; see eks-platform apply --help
                --stack: missing; fix: add --stack NAME=PLANFILE; see eks-platform apply --help
                2 problems
                """);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void refusesAReviewThatBindsNothing() throws Exception {
        Path plan = Files.write(folder.resolve("plan.json"), PlanFiles.recordedBytes("a-noop"));
        Path review = folder.resolve("review.json");
        CommandRun.of("review", "--today", "2026-03-01", "--stack", "shop=" + plan, "--json", review.toString());
        CommandRun run = CommandRun.of("apply", "--reviewed", review.toString(), "--stack", "shop=" + plan);
        assertThat(run.err())
                .isEqualTo(review + ": nothing that binds stack shop; allowed: a review in JSON of this stack"
                        + " and its plan; fix: run the review again with --json FILE and give that file\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }
}
