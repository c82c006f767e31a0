package dev.eksplatform.addon;

import java.util.List;

/**
 * A queue of the interruptions of instances that AWS announces.
 *
 * @param name the name of the queue
 * @param events what it receives
 */
public record InterruptionQueueSpec(String name, List<InterruptionEvent> events) implements AddonResource {

    /** Copies the events. */
    public InterruptionQueueSpec {
        events = List.copyOf(events);
    }

    static InterruptionQueueSpec of(String name, List<InterruptionEvent> events) {
        return new InterruptionQueueSpec(name, events);
    }
}
