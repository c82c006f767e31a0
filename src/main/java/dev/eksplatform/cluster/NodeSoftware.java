package dev.eksplatform.cluster;

import com.hashicorp.cdktf.Fn;
import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformLocal;
import com.hashicorp.cdktf.Token;
import com.hashicorp.cdktf.providers.aws.data_aws_ssm_parameter.DataAwsSsmParameter;
import com.hashicorp.cdktf.providers.aws.data_aws_ssm_parameter.DataAwsSsmParameterConfig;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntry;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntryConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupConfig;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateConfig;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplateMetadataOptions;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.internal.release.AmiTypes.AmiType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.constructs.Construct;

/** What runs on the nodes of a group, in its launch template and its node group: image, release, user data, metadata service. */
final class NodeSoftware {

    /** Of a cluster's Services, by convention of EKS. */
    private static final int DNS_HOST = 10;

    private final Construct scope;
    private final ComputeCluster cluster;
    private final NodeGroupSpec spec;
    private final NodeSetup setup;

    NodeSoftware(Construct scope, ComputeCluster cluster, NodeGroupSpec spec) {
        this.scope = scope;
        this.cluster = cluster;
        this.spec = spec;
        this.setup = spec.setup();
    }

    void configure(LaunchTemplateConfig.Builder template) {
        LaunchTemplateMetadataOptions.Builder metadata = LaunchTemplateMetadataOptions.builder()
                .httpEndpoint("enabled")
                .httpTokens("required")
                .httpPutResponseHopLimit(spec.metadataOptions().hopLimit());
        if (spec.metadataOptions().ipv6()) {
            metadata.httpProtocolIpv6("enabled");
        }
        template.metadataOptions(metadata.build());
        setup.ami()
                .ifPresentOrElse(
                        ami -> template.imageId(imageId(ami)).userData(completeUserData()),
                        () -> UserDataText.merged(setup)
                                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                                .map(Base64.getEncoder()::encodeToString)
                                .ifPresent(template::userData));
    }

    /**
     * With an AMI of one's own, EKS takes neither its type nor a version. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-ami-id-conditions">conditions</a>.
     */
    void configure(EksNodeGroupConfig.Builder group) {
        setup.amiType().ifPresent(type -> {
            KubernetesVersion version = spec.versionIn(cluster.version());
            group.amiType(type.name()).version(version.toString()).releaseVersion(releaseVersion(type, version));
        });
    }

    /** What comes before the node group. */
    List<ITerraformDependable> before(NodeRole role) {
        List<ITerraformDependable> before = new ArrayList<>();
        if (setup.image().isWindows()) {
            before.addAll(cluster.supportWindows());
            if (setup.ami().isPresent()) {
                before.add(accessEntry(role));
            }
        }
        return before;
    }

    /** EKS cannot know that the AMI is one of Windows, whose nodes need more permissions in the cluster. */
    private EksAccessEntry accessEntry(NodeRole role) {
        return new EksAccessEntry(
                scope,
                "access-entry",
                EksAccessEntryConfig.builder()
                        .clusterName(cluster.nameReference())
                        .principalArn(role.arn())
                        .type("EC2_WINDOWS")
                        .build());
    }

    /** The attribute {@code value} of a parameter is sensitive, and the release would be masked in plans. */
    private String releaseVersion(AmiType type, KubernetesVersion version) {
        if (spec.releaseVersion().isPinned()) {
            return spec.releaseVersion().text();
        }
        String newest = parameter("release", NodeImage.releaseParameter(type, version));
        return setup.image().isWindows() ? Token.asString(Fn.lookup(Fn.jsondecode(newest), "release_version")) : newest;
    }

    private String imageId(AmiReference ami) {
        return ami.isParameter() ? parameter("ami", ami.text()) : ami.text();
    }

    private String parameter(String id, String name) {
        return new DataAwsSsmParameter(
                        scope,
                        id,
                        DataAwsSsmParameterConfig.builder().name(name).build())
                .getInsecureValue();
    }

    /** Terraform fills in what it knows of the cluster, and encodes the text. */
    private String completeUserData() {
        ApiServer server = cluster.apiServer().orElseThrow();
        String serviceCidr = cluster.serviceCidr();
        NodeCluster nodeCluster = new NodeCluster(
                cluster.nameReference(),
                server.endpoint(),
                server.certificateAuthorityData(),
                serviceCidr,
                Fn.cidrhost(serviceCidr, DNS_HOST),
                cluster.isIpv6());
        TerraformLocal text =
                new TerraformLocal(scope, "user-data", TerraformText.escape(UserDataText.complete(setup, nodeCluster)));
        return Fn.base64encode(text.getAsString());
    }
}
