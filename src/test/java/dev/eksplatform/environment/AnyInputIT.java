package dev.eksplatform.environment;

/** {@link AnyInputTest} with half of its wrong values and keys, which takes too long for every {@code mvn test}. */
class AnyInputIT extends AnyInputTest {

    @Override
    int oneOf() {
        return 2;
    }
}
