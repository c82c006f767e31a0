package dev.eksplatform.internal.cli;

/** The exit statuses of all commands. */
final class ExitStatus {

    /** The command did what it was asked, and its verdict, if it gives one, is positive. */
    static final int SUCCESS = 0;

    /** A negative verdict: a finding at or above the threshold, a failed test, a failed apply, a wrong thumbprint, a blocked upgrade. */
    static final int NEGATIVE_VERDICT = 1;

    /** The input, the usage or the machine is at fault. */
    static final int BAD_INPUT = 2;

    /** eks-platform itself is at fault. */
    static final int INTERNAL_ERROR = 3;

    /** What a shell reports for a program that was ended by Ctrl-C. */
    static final int INTERRUPTED = 130;

    static final String HEADING = "Exit status:%n";
    static final String BAD_INPUT_HELP = "2:the input cannot be used; nothing is written";
    static final String INTERNAL_ERROR_HELP = "3:an internal error of eks-platform";

    private ExitStatus() {}
}
