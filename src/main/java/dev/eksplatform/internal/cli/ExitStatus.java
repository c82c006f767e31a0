package dev.eksplatform.internal.cli;

/**
 * A command whose exit status is a verdict: {@value #PASSED}, {@value #FAILED}, or {@value #NO_VERDICT} when there is none.
 */
interface ExitStatus {

    /** Nothing stands against it. */
    int PASSED = 0;

    /** A finding at or above the threshold, a rule test or Terraform failed. */
    int FAILED = 1;

    /** The input cannot be used, or eks-platform itself failed. */
    int NO_VERDICT = 2;
}
