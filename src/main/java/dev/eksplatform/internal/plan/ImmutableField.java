package dev.eksplatform.internal.plan;

/**
 * A field that differs in an object that exists, and that Kubernetes does not allow to change: the API server refuses the
 * update.
 *
 * @param kind the object's kind, such as {@code Deployment}
 * @param field its path in a manifest, such as {@code spec.selector}
 * @param holdsData whether data goes with the object when it is replaced
 * @param known whether the value after apply is known; when not, the update is refused unless it turns out the same
 * @param fix what to do about it
 * @param source where Kubernetes documents it
 */
public record ImmutableField(String kind, String field, boolean holdsData, boolean known, String fix, String source) {}
