package dev.eksplatform.internal.release;

import dev.eksplatform.internal.logic.Truth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of EKS add-ons support which Kubernetes versions. */
public final class EksAddonReleases {

    private static final EksAddonReleases RELEASES = new EksAddonReleases();
    private static final Pattern KUBE_PROXY = Pattern.compile("v1\\.(\\d+)\\..*");

    /** How many minor versions kube-proxy may be behind the control plane. */
    private static final int SKEW = 3;

    private EksAddonReleases() {}

    /** The table of the program. */
    public static EksAddonReleases get() {
        return RELEASES;
    }

    /**
     * Whether a version of an add-on runs on clusters of a Kubernetes version. kube-proxy may be up to three minor versions
     * older than the control plane, and never newer: <a
     * href="https://kubernetes.io/releases/version-skew-policy/#kube-proxy">version skew policy</a>.
     */
    public Truth supports(String addon, String version, int minor) {
        Matcher number = KUBE_PROXY.matcher(version);
        if (!addon.equals("kube-proxy") || !number.matches()) {
            return Truth.UNKNOWN;
        }
        int own = Integer.parseInt(number.group(1));
        return own > minor || own < minor - SKEW ? Truth.FALSE : Truth.UNKNOWN;
    }
}
