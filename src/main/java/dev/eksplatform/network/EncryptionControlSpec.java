package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * VPC encryption controls: whether all traffic in the VPC is encrypted in transit. Sources: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-encryption-controls.html">enforce VPC encryption in transit</a>,
 * <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEncryptionControlConfiguration.html">VpcEncryptionControlConfiguration</a>.
 *
 * @param mode {@code monitor} reports what is not encrypted, in the field {@code encryption-status} of flow logs, and
 *     {@code enforce} refuses it. A VPC that exists must be in {@code monitor} first
 * @param exclusions with {@code enforce}: what may leave the VPC unencrypted; default nothing
 */
@RecordBuilder
public record EncryptionControlSpec(
        @Example("monitor") EncryptionMode mode,

        @Example("[internet-gateway, nat-gateway]") Set<UnencryptedWay> exclusions)
        implements EncryptionControlSpecBuilder.With {

    /** What happens to traffic that is not encrypted. */
    public enum EncryptionMode {
        /** It is reported. */
        MONITOR,
        /** It is refused: instances must encrypt in hardware. */
        ENFORCE
    }

    /** What may leave the VPC unencrypted. */
    public enum UnencryptedWay {
        /** Internet gateways. */
        INTERNET_GATEWAY,
        /** Egress-only internet gateways. */
        EGRESS_ONLY_INTERNET_GATEWAY,
        /** NAT gateways. */
        NAT_GATEWAY,
        /** Virtual private gateways. */
        VIRTUAL_PRIVATE_GATEWAY,
        /** VPC peering connections. */
        VPC_PEERING,
        /** AWS Lambda functions. */
        LAMBDA,
        /** Amazon VPC Lattice. */
        VPC_LATTICE,
        /** Amazon EFS. */
        ELASTIC_FILE_SYSTEM
    }

    /** Copies the exclusions; what goes with the network is checked there. */
    public EncryptionControlSpec {
        Components.required("mode", mode);
        exclusions = Collections.unmodifiableSet(new TreeSet<>(exclusions));
    }

    /**
     * A mode without exclusions.
     *
     * @param mode the mode
     * @return the spec
     */
    @Defaults
    public static EncryptionControlSpec of(EncryptionMode mode) {
        return new EncryptionControlSpec(mode, Set.of());
    }
}
