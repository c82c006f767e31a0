package dev.eksplatform.construct;

import dev.eksplatform.problem.SourcePosition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** A construct that knows the line of Java that created it, so that checks and reviews can name that line. */
public abstract class PlatformConstruct extends Construct {

    private final @Nullable SourcePosition source = JavaSource.ofCaller();

    /**
     * Creates a construct.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     */
    protected PlatformConstruct(Construct scope, String id) {
        super(scope, id);
    }

    /**
     * The line of the program that created it.
     *
     * @return such as {@code src/main/java/com/example/shop/ShopPlatform.java:26:1}; empty for what comes from an
     *     environment file
     */
    public Optional<SourcePosition> source() {
        return Optional.ofNullable(source);
    }
}
