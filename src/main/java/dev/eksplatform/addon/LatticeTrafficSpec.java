package dev.eksplatform.addon;

/**
 * Rules by which nodes and pods accept what Amazon VPC Lattice sends, from its prefix lists.
 *
 * @param region the region of the prefix lists
 */
public record LatticeTrafficSpec(String region) implements AddonResource {

    /**
     * The rules for a cluster.
     *
     * @param region its region
     * @return the spec
     */
    public static LatticeTrafficSpec of(String region) {
        return new LatticeTrafficSpec(region);
    }
}
