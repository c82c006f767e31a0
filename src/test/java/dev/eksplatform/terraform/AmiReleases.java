package dev.eksplatform.terraform;

/** The releases of the images of nodes: one for each image and Kubernetes version, the newest. */
final class AmiReleases {

    private AmiReleases() {}

    /** The newest release of an image. */
    static String newest(String amiType, String kubernetesVersion) {
        if (amiType.startsWith("BOTTLEROCKET_")) {
            return "1.50.0-1a2b3c4d";
        }
        return kubernetesVersion + (amiType.startsWith("WINDOWS_") ? "-2026.11.10" : ".1-20261101");
    }

    /**
     * EKS takes only releases of the image for the Kubernetes version.
     *
     * @throws EksRefusal when it is another one
     */
    static void check(String release, String amiType, String kubernetesVersion) {
        boolean fits = amiType.startsWith("BOTTLEROCKET_")
                ? release.matches("\\d+\\.\\d+\\.\\d+-[0-9a-f]{8}")
                : release.matches(kubernetesVersion.replace(".", "\\.")
                        + (amiType.startsWith("WINDOWS_") ? "-\\d{4}\\.\\d{2}\\.\\d{2}" : "\\.\\d+-\\d{8}"));
        if (!fits) {
            throw EksRefusal.invalidParameter("Requested release version " + release
                    + " is not valid for kubernetes version " + kubernetesVersion);
        }
    }
}
