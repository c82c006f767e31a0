package dev.eksplatform.internal.review.facts;

/** Reads the access that resources of one family give. */
@FunctionalInterface
interface AccessReader {

    /** Reads what one resource gives on one side of a change; nothing when it belongs to another family. */
    void read(AccessSide side, AccessGrants into);
}
