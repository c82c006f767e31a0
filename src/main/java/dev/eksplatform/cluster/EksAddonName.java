package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An EKS add-on. */
@Example("aws-ebs-csi-driver")
public enum EksAddonName {
    /** Pod networking: nodes that boot before it stay NotReady. */
    VPC_CNI("vpc-cni", true),
    /** Service addresses on each node. */
    KUBE_PROXY("kube-proxy", true),
    /** The agent that hands Pod Identity credentials to pods. */
    EKS_POD_IDENTITY_AGENT("eks-pod-identity-agent", true),
    /** Cluster DNS: its pods need nodes. */
    COREDNS("coredns", false),
    /** Persistent volumes on EBS. */
    AWS_EBS_CSI_DRIVER(
            "aws-ebs-csi-driver", "kube-system/ebs-csi-controller-sa", "service-role/AmazonEBSCSIDriverPolicy"),
    /** Persistent volumes on EFS. */
    AWS_EFS_CSI_DRIVER(
            "aws-efs-csi-driver", "kube-system/efs-csi-controller-sa", "service-role/AmazonEFSCSIDriverPolicy"),
    /**
     * Resource metrics for autoscaling. Its port: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/metrics-server.html">metrics server</a>.
     */
    METRICS_SERVER("metrics-server", 10251);

    /** For the JSON schema: the names above. */
    private static final String PATTERN = "^(vpc-cni|kube-proxy|eks-pod-identity-agent|coredns|aws-ebs-csi-driver"
            + "|aws-efs-csi-driver|metrics-server)$";

    private final String id;
    private final boolean beforeCompute;
    private final String serviceAccount;
    private final Optional<String> managedPolicy;
    private final Optional<Integer> apiPort;

    EksAddonName(String id, boolean beforeCompute) {
        this(id, beforeCompute, "", Optional.empty(), Optional.empty());
    }

    EksAddonName(String id, String serviceAccount, String managedPolicy) {
        this(id, false, serviceAccount, Optional.of(managedPolicy), Optional.empty());
    }

    EksAddonName(String id, int apiPort) {
        this(id, false, "", Optional.empty(), Optional.of(apiPort));
    }

    EksAddonName(
            String id,
            boolean beforeCompute,
            String serviceAccount,
            Optional<String> managedPolicy,
            Optional<Integer> apiPort) {
        this.id = id;
        this.beforeCompute = beforeCompute;
        this.serviceAccount = serviceAccount;
        this.managedPolicy = managedPolicy;
        this.apiPort = apiPort;
    }

    /**
     * Reads an add-on's name.
     *
     * @param text the name in the EKS API, such as {@code vpc-cni}
     * @return the add-on
     * @throws InvalidInputException when it is not a known one
     */
    @ScalarFactory(pattern = PATTERN)
    public static EksAddonName parse(String text) {
        List<String> ids = Arrays.stream(values()).map(EksAddonName::id).toList();
        return Arrays.stream(values())
                .filter(name -> name.id.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(new Problem(
                        "\"" + text + "\" is not a known EKS add-on",
                        String.join(", ", ids),
                        Suggestion.fix(text, ids, "install it as a Helm release under addons.helm"))));
    }

    /**
     * The name in the EKS API.
     *
     * @return such as {@code vpc-cni}
     */
    public String id() {
        return id;
    }

    /**
     * Whether nodes need it to become ready, so that it comes before them; the others need nodes.
     *
     * @return true for what runs on each node
     */
    public boolean beforeCompute() {
        return beforeCompute;
    }

    /**
     * Values of its configuration that it gets unless the environment says otherwise: the VPC CNI enforces NetworkPolicy
     * objects only when asked. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html">restrict pod traffic with
     * network policies</a>.
     *
     * @return values by key, empty for most
     */
    public Map<String, Object> configuration() {
        return this == VPC_CNI ? Map.of("enableNetworkPolicy", "true") : Map.of();
    }

    /**
     * The ServiceAccount of its controller that calls AWS APIs.
     *
     * @return namespace and name, such as {@code kube-system/ebs-csi-controller-sa}; empty without {@link #managedPolicy}
     */
    public String serviceAccount() {
        return serviceAccount;
    }

    /**
     * The AWS managed policy that its controller needs. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html">AWS add-ons</a>.
     *
     * @return the policy with its path; empty when the add-on calls no AWS API, or does so with the node's role
     */
    public Optional<String> managedPolicy() {
        return managedPolicy;
    }

    /**
     * The TCP port of its extension API server, which the control plane must reach on the nodes.
     *
     * @return empty when it has none
     */
    public Optional<Integer> apiPort() {
        return apiPort;
    }

    @Override
    public String toString() {
        return id;
    }
}
