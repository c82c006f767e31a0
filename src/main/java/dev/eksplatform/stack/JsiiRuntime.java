package dev.eksplatform.stack;

import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import com.hashicorp.cdktf.providers.helm.release.Release;
import com.hashicorp.cdktf.providers.kubernetes.namespace_v1.NamespaceV1;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Starts Node and loads the bindings in the background while files are still being read. The bindings are not thread-safe:
 * nothing else may use them before {@link #await} has returned.
 */
@API(status = API.Status.INTERNAL)
public final class JsiiRuntime {

    private static @Nullable CompletableFuture<Void> loading;

    private JsiiRuntime() {}

    /** Begins to load. */
    public static synchronized void load() {
        if (loading == null) {
            loading = CompletableFuture.runAsync(JsiiRuntime::touch, task -> {
                Thread thread = new Thread(task, "bindings");
                thread.setDaemon(true);
                thread.start();
            });
        }
    }

    /** Initializing a class loads its package into the runtime. */
    private static void touch() {
        try {
            for (Class<?> type : new Class<?>[] {Vpc.class, NamespaceV1.class, Release.class}) {
                Class.forName(type.getName());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until they are loaded, if that was begun; fails as loading failed. */
    static synchronized void await() {
        if (loading == null) {
            return;
        }
        try {
            loading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
