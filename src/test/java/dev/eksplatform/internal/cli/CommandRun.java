package dev.eksplatform.internal.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A run of the command line in this process.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int status, String out, String err) {

    /**
     * Runs a command. Standard output and error are the process's own, so such tests run one after the other; what jsii
     * says there about the age of Node, between lines of exclamation marks, is left out.
     */
    static CommandRun of(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
            int status = Main.run(arguments);
            return new CommandRun(
                    status,
                    written.toString(StandardCharsets.UTF_8),
                    complaints.toString(StandardCharsets.UTF_8).replaceAll("(?m)^(\\u001B\\[[0-9;]*m|!!.*)*\\R", ""));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
