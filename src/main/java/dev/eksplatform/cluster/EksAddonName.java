package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.EksAddonFacts;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * An EKS add-on, of AWS, of the community or of the AWS Marketplace.
 *
 * @param id the name in the EKS API, such as {@code vpc-cni}
 */
@Example("aws-ebs-csi-driver")
public record EksAddonName(String id) implements Comparable<EksAddonName> {

    private static final String PATTERN = "^[a-z0-9]([a-z0-9_-]{0,98}[a-z0-9])?$";
    private static final Pattern NAME = Pattern.compile(PATTERN);

    /** Pod networking: nodes that boot before it stay NotReady. */
    public static final EksAddonName VPC_CNI = new EksAddonName("vpc-cni");

    /** Service addresses on each node. */
    public static final EksAddonName KUBE_PROXY = new EksAddonName("kube-proxy");

    /** The agent that hands Pod Identity credentials to pods. */
    public static final EksAddonName EKS_POD_IDENTITY_AGENT = new EksAddonName("eks-pod-identity-agent");

    /** Cluster DNS: its pods need nodes. */
    public static final EksAddonName COREDNS = new EksAddonName("coredns");

    /** Persistent volumes on EBS. */
    public static final EksAddonName AWS_EBS_CSI_DRIVER = new EksAddonName("aws-ebs-csi-driver");

    /** Persistent volumes on EFS. */
    public static final EksAddonName AWS_EFS_CSI_DRIVER = new EksAddonName("aws-efs-csi-driver");

    /** The driver of FSx for Lustre. */
    public static final EksAddonName AWS_FSX_CSI_DRIVER = new EksAddonName("aws-fsx-csi-driver");

    /** Resource metrics for autoscaling. */
    public static final EksAddonName METRICS_SERVER = new EksAddonName("metrics-server");

    /** Certificates, which other add-ons need. */
    public static final EksAddonName CERT_MANAGER = new EksAddonName("cert-manager");

    /** Checks the form. */
    public EksAddonName {
        if (!NAME.matcher(id).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + id + "\" is not the name of an EKS add-on",
                    "1 to 100 lower case letters, digits, - and _, a letter or digit at both ends",
                    Suggestion.fix(id, known(), "choose one of `aws eks describe-addon-versions`")));
        }
    }

    /**
     * Reads an add-on's name. Whether EKS has an add-on of this name is not known here: AWS and the AWS Marketplace add some at
     * any time.
     *
     * @param text the name in the EKS API, such as {@code vpc-cni}
     * @return the add-on
     * @throws InvalidInputException when no add-on can have it
     */
    @ScalarFactory(pattern = PATTERN)
    public static EksAddonName parse(String text) {
        return new EksAddonName(text);
    }

    /**
     * The add-ons that every cluster has.
     *
     * @return in the order in which they are created
     */
    @API(status = API.Status.INTERNAL)
    public static List<EksAddonName> ofEveryCluster() {
        return List.of(VPC_CNI, KUBE_PROXY, COREDNS);
    }

    /** The names that are known here, sorted. */
    private static TreeSet<String> known() {
        TreeSet<String> known = new TreeSet<>(EksAddonReleases.get().addons().keySet());
        known.addAll(EksAddonFacts.all().keySet());
        return known;
    }

    /**
     * Whether it is one of those that AWS documents. Add-ons of the AWS Marketplace, whose names begin with their publisher and an
     * underscore, are not.
     *
     * @return true for a name of the program's table
     */
    @API(status = API.Status.INTERNAL)
    public boolean isKnown() {
        return known().contains(id);
    }

    /**
     * Whether it comes from the AWS Marketplace.
     *
     * @return true for a name with a publisher
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-vendors.html">AWS Marketplace
     *     add-ons</a>
     */
    @API(status = API.Status.INTERNAL)
    public boolean isOfMarketplace() {
        return id.contains("_");
    }

    /**
     * The known name that was probably meant.
     *
     * @return empty for a known name, one of the Marketplace, and one that is near to none
     */
    Optional<String> probablyMeant() {
        return isKnown() || isOfMarketplace() ? Optional.empty() : Suggestion.nearest(id, known());
    }

    /**
     * What is known of it.
     *
     * @return empty for an add-on that is not in the program's table
     */
    @API(status = API.Status.INTERNAL)
    public Optional<EksAddonFacts> facts() {
        return EksAddonFacts.of(id);
    }

    /**
     * Whether nodes need it to become ready, so that it comes before them; the others need nodes.
     *
     * @return true for what runs on each node
     */
    public boolean beforeCompute() {
        return facts().filter(EksAddonFacts::beforeCompute).isPresent();
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
        return equals(VPC_CNI) ? Map.of("enableNetworkPolicy", "true") : Map.of();
    }

    /** The rules for what the control plane calls on nodes: its extension API server and its webhook. */
    List<PortRule> ports() {
        return facts().stream()
                .flatMap(facts -> Stream.concat(
                        facts.apiPort().stream().map(port -> PortRule.extensionApi(port, id)),
                        facts.webhookPort().stream().flatMap(port -> PortRule.webhook(port, id).stream())))
                .toList();
    }

    /**
     * The TCP port of its extension API server, which the control plane must reach on the nodes.
     *
     * @return empty when it has none
     */
    public Optional<Integer> apiPort() {
        return facts().flatMap(EksAddonFacts::apiPort);
    }

    @Override
    public int compareTo(EksAddonName other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
