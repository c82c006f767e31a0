package dev.eksplatform.environment;

import dev.eksplatform.problem.Problem;
import org.apiguardian.api.API;

/**
 * What an environment has that another Kubernetes version does not support, or what to know before the upgrade.
 *
 * @param kind what it is
 * @param problem its place, what was found and the fix
 */
@API(status = API.Status.INTERNAL)
public record UpgradeBlocker(Kind kind, Problem problem) {

    /** What can be in the way of a Kubernetes version. */
    public enum Kind {
        /** A manifest with a kind, field or value that the version does not have. */
        MANIFEST(true),
        /** An object in the values of a chart, of a kind that the version does not have. */
        VALUES(true),
        /** A node group that is too far behind the control plane, or ahead of it. */
        NODES(true),
        /** An EKS add-on whose pinned version does not support it. */
        ADDON(true),
        /** A Helm chart whose version does not support it. */
        CHART(true),
        /** Another property of the environment file that it does not allow. */
        SETTING(true),
        /** An API that the version after it removes. */
        DEPRECATED(false),
        /** EKS does not offer the version yet, or its standard support has ended or ends soon. */
        SUPPORT(false),
        /** More than one minor version away: each one between must be applied, too. */
        STEP(false);

        private final boolean blocks;

        Kind(boolean blocks) {
            this.blocks = blocks;
        }

        /** Whether the upgrade must wait until it is fixed. */
        public boolean blocks() {
            return blocks;
        }
    }
}
