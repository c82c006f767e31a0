package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls into specs: what they throw comes out as they threw it. */
final class RecordReflection {

    private RecordReflection() {}

    static <A extends AccessibleObject> A accessible(A member) {
        member.setAccessible(true);
        return member;
    }

    /**
     * Calls a method.
     *
     * @throws InvalidInputException when the method does
     */
    static Object call(Method method, @Nullable Object receiver, Object... arguments) {
        try {
            return Objects.requireNonNull(method.invoke(receiver, arguments), () -> method + " returned null");
        } catch (InvocationTargetException e) {
            throw thrownBy(method, e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Calls a constructor.
     *
     * @throws InvalidInputException when the constructor does
     */
    static Object construct(Constructor<?> constructor, Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw thrownBy(constructor, e);
        } catch (IllegalAccessException | InstantiationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException thrownBy(Object member, InvocationTargetException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException(member + " failed", cause);
    }
}
