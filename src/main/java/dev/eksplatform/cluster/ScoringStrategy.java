package dev.eksplatform.cluster;

/** How the scheduler rates nodes that have room for a pod. */
public enum ScoringStrategy {
    /** Nodes with the most free resources first: pods spread. */
    LEAST_ALLOCATED("LeastAllocated"),
    /** Nodes with the fewest free resources first: pods are packed onto few nodes. */
    MOST_ALLOCATED("MostAllocated");

    private final String apiName;

    ScoringStrategy(String apiName) {
        this.apiName = apiName;
    }

    String apiName() {
        return apiName;
    }
}
