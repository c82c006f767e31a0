package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Settings of Windows nodes.
 *
 * @param excludedSnatCidrs networks in which pods keep their own addresses, besides the VPC; default none
 * @param kubeletArguments arguments of the kubelet; only with {@code ami}, because EKS sets those of its own images; default none
 * @param kubeProxyArguments arguments of kube-proxy; only with {@code ami}; default none
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-windows-ami.html#bootstrap-script-configuration-parameters">bootstrap
 *     script configuration parameters</a>
 */
@RecordBuilder
public record WindowsNodeSpec(
        @Example("[10.0.0.0/8]") List<Cidr> excludedSnatCidrs,

        @Example("[--image-gc-high-threshold=80]") List<String> kubeletArguments,

        @Example("[--v=4]") List<String> kubeProxyArguments)
        implements WindowsNodeSpecBuilder.With {

    /** Checks the arguments. */
    public WindowsNodeSpec {
        excludedSnatCidrs = Components.list("excludedSnatCidrs", excludedSnatCidrs);
        kubeletArguments = Components.list("kubeletArguments", kubeletArguments);
        kubeProxyArguments = Components.list("kubeProxyArguments", kubeProxyArguments);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("excludedSnatCidrs"), excludedSnatCidrs, "block");
        Map.of("kubeletArguments", kubeletArguments, "kubeProxyArguments", kubeProxyArguments)
                .forEach((name, arguments) -> {
                    for (int i = 0; i < arguments.size(); i++) {
                        if (!arguments.get(i).matches("--[a-z][a-z0-9-]*(=[^'\"`$\\s]*)?")) {
                            problems.add(
                                    PropertyPath.of(name).index(i),
                                    "\"" + arguments.get(i) + "\" is not an argument",
                                    "--name=value without blanks, quotes, ` and $",
                                    "write it like --v=4");
                        }
                    }
                });
        problems.throwIfAny();
    }

    /**
     * Nothing but what EKS sets.
     *
     * @return the spec
     */
    @Defaults
    public static WindowsNodeSpec standard() {
        return new WindowsNodeSpec(List.of(), List.of(), List.of());
    }

    /** The names of the keys that only an AMI of one's own can have. */
    List<String> bootstrapKeys() {
        List<String> keys = new ArrayList<>();
        if (!kubeletArguments.isEmpty()) {
            keys.add("kubeletArguments");
        }
        if (!kubeProxyArguments.isEmpty()) {
            keys.add("kubeProxyArguments");
        }
        return keys;
    }
}
