package dev.eksplatform.addon;

import com.hashicorp.cdktf.TerraformLocal;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.Map;
import org.apiguardian.api.API;
import software.constructs.Construct;

/** A workspace of Amazon Managed Service for Prometheus. */
public final class PrometheusWorkspace extends PlatformConstruct {

    private static final String LOOKUP = "data.aws_prometheus_workspaces.of-cluster";

    private final com.hashicorp.cdktf.providers.aws.prometheus_workspace.PrometheusWorkspace workspace;

    /**
     * Creates a workspace.
     *
     * @param scope the construct it belongs to, in a stack with an AWS provider
     * @param id its id in the scope
     * @param spec its alias and key
     */
    public PrometheusWorkspace(Construct scope, String id, PrometheusWorkspaceSpec spec) {
        super(scope, id);
        var config = com.hashicorp.cdktf.providers.aws.prometheus_workspace.PrometheusWorkspaceConfig.builder()
                .alias(spec.cluster())
                .tags(Map.of(PrometheusWorkspaceSpec.TAG, spec.cluster()));
        spec.kmsKeyArn().map(KmsKeyArn::value).ifPresent(config::kmsKeyArn);
        workspace = new com.hashicorp.cdktf.providers.aws.prometheus_workspace.PrometheusWorkspace(
                this, "workspace", config.build());
    }

    /**
     * The ID of the workspace in a stack that does not create it.
     *
     * @param stack a stack with an AWS provider of the workspace's account and region
     * @param cluster the alias of the workspace
     * @return a Terraform reference
     */
    @API(status = API.Status.INTERNAL)
    public static String idOf(TerraformStack stack, String cluster) {
        stack.addOverride(LOOKUP, Map.of("alias_prefix", cluster));
        // An alias may begin with another one.
        String expression = "${one([for i, alias in " + LOOKUP + ".aliases : " + LOOKUP
                + ".workspace_ids[i] if alias == \"" + cluster + "\"])}";
        return new TerraformLocal(stack, "prometheus-workspace-id", expression).getAsString();
    }

    /**
     * The workspace's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public com.hashicorp.cdktf.providers.aws.prometheus_workspace.PrometheusWorkspace workspace() {
        return workspace;
    }
}
