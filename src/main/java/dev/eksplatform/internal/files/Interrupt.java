package dev.eksplatform.internal.files;

import java.util.concurrent.TimeUnit;

/** Whether the program is ending because its user wanted it to, as with Ctrl-C. */
public final class Interrupt {

    private static final long PATIENCE_MILLIS = 400;
    private static final long STEP_MILLIS = 10;

    private Interrupt() {}

    /**
     * Says whether the program is ending, or begins to within a moment: Ctrl-C reaches all processes of a terminal, and the
     * end of another one may be noticed first.
     *
     * @return true when the virtual machine is shutting down
     */
    public static boolean isUnderWay() {
        for (long waited = 0; waited < PATIENCE_MILLIS; waited += STEP_MILLIS) {
            if (isShuttingDown()) {
                return true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return isShuttingDown();
    }

    /**
     * Says whether the program is ending.
     *
     * @return true when the virtual machine is shutting down
     */
    public static boolean isShuttingDown() {
        Thread none = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(none);
            Runtime.getRuntime().removeShutdownHook(none);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
