package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What EKS does about fields of an add-on's objects that somebody else has set. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateAddon.html">UpdateAddon, resolveConflicts</a>.
 *
 * @param create when it installs the add-on over what is there; default {@code overwrite}
 * @param update when it updates the add-on; default {@code overwrite}
 */
@RecordBuilder
public record EksAddonConflicts(
        @Example("none") OnCreate create,

        @Example("preserve") OnUpdate update) implements EksAddonConflictsBuilder.With {

    /** When EKS installs an add-on. */
    public enum OnCreate {
        /** EKS sets its values. */
        OVERWRITE,
        /** The installation fails. */
        NONE
    }

    /** When EKS updates an add-on. */
    public enum OnUpdate {
        /** EKS sets its values. */
        OVERWRITE,
        /** The update may fail. */
        NONE,
        /** The values stay. */
        PRESERVE
    }

    /**
     * EKS's values win.
     *
     * @return the defaults
     */
    @Defaults
    public static EksAddonConflicts standard() {
        return new EksAddonConflicts(OnCreate.OVERWRITE, OnUpdate.OVERWRITE);
    }
}
