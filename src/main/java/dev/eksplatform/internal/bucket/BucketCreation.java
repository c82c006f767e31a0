package dev.eksplatform.internal.bucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.internal.apply.ExternalProgram;
import dev.eksplatform.internal.apply.TerraformOutput;
import dev.eksplatform.internal.bucket.BucketSetting.Kind;
import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Creates a bucket, or compares one that exists. Terraform runs in a temporary folder, and nothing has to be kept of it: each
 * run imports what exists, so the bucket needs no state of its own.
 *
 * @param terraform the program, such as {@code terraform} or {@code tofu}
 * @param options what is up to the user
 * @param update whether settings of a bucket that exists may be changed
 * @param dryRun whether nothing is applied
 * @param out for plans and results
 */
public record BucketCreation(String terraform, BucketOptions options, boolean update, boolean dryRun, PrintWriter out) {

    private static final String MISSING = "Cannot import non-existent remote object";
    private static final String PLAN = "plan.tfplan";
    private static final String CONFIGURATION = "main.tf.json";

    /**
     * Creates the bucket unless it exists, and reports the settings of one that exists.
     *
     * @param bucket the bucket
     * @return whether the bucket is as it should be, or will be after a dry run
     * @throws InvalidInputException when it cannot be read
     */
    public boolean run(StateBucket bucket) {
        try (TemporaryPath folder = TemporaryPath.folder("state-bucket-")) {
            Optional<BucketState> state = read(bucket, folder.path());
            return state.isPresent() ? compare(bucket, state.get(), folder.path()) : create(bucket, folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean create(StateBucket bucket, Path folder) throws IOException {
        say(bucket.name() + " does not exist; it is created in " + bucket.region());
        return apply(BucketConfiguration.create(bucket, options), folder);
    }

    private boolean compare(StateBucket bucket, BucketState state, Path folder) throws IOException {
        List<BucketSetting> deviations = state.deviations(bucket, options);
        if (deviations.isEmpty()) {
            say(bucket.name() + " exists, with all settings of a bucket of states");
            return true;
        }
        say(bucket.name() + " exists, without "
                + (deviations.size() == 1 ? "one setting" : deviations.size() + " settings")
                + " of a bucket of states:");
        deviations.forEach(deviation -> say("  " + deviation));
        if (!update) {
            say("Nothing was changed; --update changes them");
            return false;
        }
        // a lifecycle configuration is replaced as a whole
        boolean byHand = state.hasLifecycle();
        List<Kind> kinds = deviations.stream()
                .map(BucketSetting::kind)
                .filter(kind -> kind != Kind.LIFECYCLE || !byHand)
                .toList();
        boolean all = kinds.size() == deviations.size();
        if (!all) {
            say("The lifecycle has rules of somebody else and is not changed: add one to them");
        }
        return (kinds.isEmpty() || apply(BucketConfiguration.update(bucket, state, kinds, options), folder)) && all;
    }

    private boolean apply(String configuration, Path folder) throws IOException {
        Files.writeString(folder.resolve(CONFIGURATION), configuration);
        Files.deleteIfExists(folder.resolve(PLAN));
        ExternalProgram program = new ExternalProgram(terraform, folder);
        if (program.run(out, List.of("plan", "-input=false", "-no-color", "-out=" + PLAN))
                        .status()
                != 0) {
            return false;
        }
        if (dryRun) {
            say("By --dry-run, nothing was applied");
            return true;
        }
        return program.run(out, List.of("apply", "-input=false", "-no-color", PLAN))
                        .status()
                == 0;
    }

    private Optional<BucketState> read(StateBucket bucket, Path folder) throws IOException {
        Files.writeString(folder.resolve(CONFIGURATION), BucketConfiguration.probe(bucket));
        Path said = folder.resolve("said.txt");
        ExternalProgram program = new ExternalProgram(terraform, folder);
        ExternalProgram.Ended initialized = program.runInto(said, List.of("init", "-input=false", "-no-color"));
        if (initialized.status() != 0) {
            throw refused(bucket, "terraform init fails: " + TerraformOutput.complaint(initialized.said()));
        }
        ExternalProgram.Ended planned =
                program.runInto(said, List.of("plan", "-input=false", "-no-color", "-lock=false", "-out=" + PLAN));
        List<String> errors = TerraformOutput.plain(planned.said())
                .lines()
                .map(line -> line.replaceFirst("^[\\s│╷╵]+", ""))
                .filter(line -> line.startsWith("Error: "))
                .filter(line -> !line.contains(MISSING))
                .toList();
        if (!errors.isEmpty()) {
            throw refused(bucket, errors.get(0).replaceFirst("^Error: ", ""));
        }
        if (!Files.exists(folder.resolve(PLAN))) {
            if (planned.said().contains(MISSING)) {
                return Optional.empty();
            }
            throw refused(bucket, TerraformOutput.complaint(planned.said()));
        }
        Path json = folder.resolve("plan.json");
        ExternalProgram.Ended shown = program.runInto(json, List.of("show", "-json", PLAN));
        if (shown.status() != 0) {
            throw refused(bucket, TerraformOutput.complaint(shown.said()));
        }
        JsonNode plan = new ObjectMapper().readTree(Files.readString(json));
        return BucketState.of(plan);
    }

    private static InvalidInputException refused(StateBucket bucket, String found) {
        Place place = bucket.place();
        return new InvalidInputException(
                new Problem(
                        place,
                        "the bucket " + bucket.name() + " cannot be read: " + found,
                        "check credentials, account and region; if another account has a bucket of this name, choose another one"));
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
