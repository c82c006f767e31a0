package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.YamlForm;
import java.util.Optional;

/** Whether and how the traffic of a VPC is logged. */
public sealed interface FlowLogs permits FlowLogs.On, FlowLogs.Off, FlowLogSpec {

    /** With the defaults: to CloudWatch, kept for a year, encrypted with a key that is created. */
    @YamlForm(word = "true")
    record On() implements FlowLogs {
        @Override
        public Optional<FlowLogSpec> settings() {
            return Optional.of(FlowLogSpec.standard());
        }
    }

    /** Not at all. */
    @YamlForm(word = "false")
    record Off() implements FlowLogs {
        @Override
        public Optional<FlowLogSpec> settings() {
            return Optional.empty();
        }
    }

    /**
     * With the defaults, or not at all.
     *
     * @param on whether traffic is logged
     * @return the choice
     */
    static FlowLogs of(boolean on) {
        return on ? new On() : new Off();
    }

    /**
     * The settings.
     *
     * @return empty when nothing is logged
     */
    Optional<FlowLogSpec> settings();
}
