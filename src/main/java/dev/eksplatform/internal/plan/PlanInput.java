package dev.eksplatform.internal.plan;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Recognizes what is given for a plan's JSON and is something else, by its first bytes. */
public final class PlanInput {

    /** Enough for a line of a wrapper, and little enough to be read twice. */
    private static final int BEGINNING = 65_536;

    private PlanInput() {}

    /**
     * The JSON in an input.
     *
     * @param in JSON, which may be compressed by gzip
     * @param source how to call it in an error
     * @return the JSON
     * @throws InvalidInputException when it is a plan file, empty, or begins with a line of something else
     * @throws IOException when it cannot be read
     */
    public static InputStream json(InputStream in, String source) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BEGINNING);
        byte[] start = beginning(buffered, 2);
        if (start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
            return json(new GZIPInputStream(buffered), source);
        }
        if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
            throw new InvalidInputException(new Problem(
                    Place.file(source),
                    "a plan file, as `terraform plan -out` writes it, not its JSON",
                    "run `terraform show -json " + source + " > plan.json` in the stack's folder and give plan.json"));
        }
        byte[] text = beginning(buffered, BEGINNING);
        int at = skipSpace(text, 0);
        if (at == text.length) {
            throw new InvalidInputException(new Problem(
                    Place.file(source),
                    text.length == 0 ? "an empty file" : "nothing but white space",
                    "run `terraform show -json PLANFILE > plan.json` again and see whether it fails"));
        }
        boolean byteOrderMark = text[at] < 0 || text[at] == 0 || at + 1 < text.length && text[at + 1] == 0;
        if (text[at] != '{' && !byteOrderMark) {
            refuseLinesBefore(text, source);
        }
        return buffered;
    }

    private static byte[] beginning(BufferedInputStream in, int length) throws IOException {
        in.mark(length);
        byte[] beginning = in.readNBytes(length);
        in.reset();
        return beginning;
    }

    private static int skipSpace(byte[] text, int from) {
        int at = from;
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
        return at;
    }

    /** A wrapper prints the command that it runs, or a warning, before the JSON. */
    private static void refuseLinesBefore(byte[] text, String source) {
        int lines = 0;
        for (int i = 0; i < text.length - 1; i++) {
            if (text[i] != '\n') {
                continue;
            }
            lines++;
            if (text[i + 1] == '{') {
                throw new InvalidInputException(new Problem(
                        Place.file(source),
                        lines == 1
                                ? "a line of something else before the JSON"
                                : lines + " lines of something else before the JSON",
                        "a wrapper of terraform prints it (hashicorp/setup-terraform: terraform_wrapper: false); or write"
                                + " the JSON without it: tail -n +" + (lines + 1) + " " + source + " > plan.json"));
            }
        }
    }
}
