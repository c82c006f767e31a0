package dev.eksplatform.stack;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.util.function.BiFunction;
import software.constructs.Construct;

/**
 * A scope that records where each construct in it came from. The path of a construct is composed of ids, because asking
 * Node for it takes time.
 */
final class TracedScope {

    private final Construct scope;
    private final String path;
    private final Origins origins;

    private TracedScope(Construct scope, String path, Origins origins) {
        this.scope = scope;
        this.path = path;
        this.origins = origins;
    }

    /** The scope of a stack; what is not traced in it comes from the given property. */
    static TracedScope of(Construct stack, String name, PropertyPath property, Origins origins) {
        origins.add(name, Place.of(property));
        return new TracedScope(stack, name, origins);
    }

    Construct scope() {
        return scope;
    }

    /** A scope inside this one. */
    TracedScope scope(String id) {
        return new TracedScope(new Construct(scope, id), path + "/" + id, origins);
    }

    /** Creates a construct that comes from a property of the environment. */
    <T> T create(String id, PropertyPath property, BiFunction<Construct, String, T> constructor) {
        return create(id, Place.of(property), constructor);
    }

    /** Creates a construct. */
    <T> T create(String id, Place origin, BiFunction<Construct, String, T> constructor) {
        trace(id, origin);
        return constructor.apply(scope, id);
    }

    /** Records where a part of this scope came from. */
    void trace(String id, Place origin) {
        origins.add(path + "/" + id, origin);
    }
}
