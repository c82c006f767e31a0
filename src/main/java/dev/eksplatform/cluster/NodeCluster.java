package dev.eksplatform.cluster;

/**
 * What a node must know of its cluster when EKS does not put it into the user data: with an AMI of one's own.
 *
 * @param name its name
 * @param endpoint the URL of its API server
 * @param certificate the certificate of its authority, in PEM and base64
 * @param serviceCidr the block of its Services
 * @param dnsAddress the address of its DNS server
 * @param ipv6 whether pods and Services have IPv6 addresses
 */
record NodeCluster(
        String name, String endpoint, String certificate, String serviceCidr, String dnsAddress, boolean ipv6) {

    /** The lengths of real values, to check the size of user data before they are known. */
    static NodeCluster sample() {
        return new NodeCluster(
                "n".repeat(100), "e".repeat(80), "c".repeat(1500), "s".repeat(20), "d".repeat(20), false);
    }
}
