package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.YamlForm;
import java.util.List;

/** The blocks of the subnets of one kind: planned, or given in the order of the zones. */
public sealed interface SubnetBlocks {

    /** Cut from a part of the VPC's block that no other subnet has, one for each zone. */
    @YamlForm(word = "planned")
    record Planned() implements SubnetBlocks {}

    /**
     * Given.
     *
     * @param blocks parts of the VPC's blocks, in the order of the zones
     */
    @YamlForm(sequence = true)
    record Given(List<Cidr> blocks) implements SubnetBlocks {

        /** Copies the list. */
        public Given {
            blocks = Components.list("blocks", blocks);
        }
    }

    /**
     * Planned blocks.
     *
     * @return the spec
     */
    static SubnetBlocks planned() {
        return new Planned();
    }

    /**
     * Given blocks.
     *
     * @param blocks parts of the VPC's blocks, in the order of the zones
     * @return the spec
     */
    static SubnetBlocks of(List<Cidr> blocks) {
        return new Given(blocks);
    }
}
