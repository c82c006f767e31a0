package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.YamlForm;

/** Where the IPv6 block of a VPC comes from. AWS chooses it in either case. */
public sealed interface Ipv6Source permits Ipv6Source.AmazonProvided, IpamPool {

    /** A /56 of the addresses of Amazon. */
    @YamlForm(word = "amazon-provided")
    record AmazonProvided() implements Ipv6Source {

        /** The only size that Amazon provides. */
        private static final int PREFIX = 56;

        @Override
        public int prefixLength() {
            return PREFIX;
        }
    }

    /**
     * A /56 of the addresses of Amazon.
     *
     * @return the spec
     */
    static Ipv6Source amazonProvided() {
        return new AmazonProvided();
    }

    /**
     * How large the block is.
     *
     * @return the number of leading bits that all its addresses share
     */
    int prefixLength();
}
