package dev.eksplatform.addon;

import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.iam.Region;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Amazon Managed Service for Prometheus (AMP), to which metrics are sent. Source: <a
 * href="https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-ingest-metrics-existing-Prometheus.html">ingest metrics from
 * an existing Prometheus server</a>.
 *
 * @param workspaceId the workspace; default one that is created, whose alias is the name of the cluster
 * @param region the region of an existing workspace; default that of the environment
 * @param roleArn the IAM role that is assumed to write to an existing workspace of another account; default none
 * @param kmsKeyArn the KMS key that encrypts the workspace that is created. Changing it replaces the workspace; default a key of the
 *     service
 */
@RecordBuilder
public record AmpSpec(
        @Example("ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9") @Limit(pattern = AmpSpec.WORKSPACE)
        Optional<String> workspaceId,

        @Example("eu-west-1") @Limit(pattern = Region.PATTERN)
        Optional<String> region,

        @Example("arn:aws:iam::444455556666:role/metrics") @Limit(pattern = AmpSpec.ROLE)
        Optional<String> roleArn,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
        Optional<KmsKeyArn> kmsKeyArn)
        implements AmpSpecBuilder.With {

    /** The id of a workspace that is created, in the resources of an add-on. */
    static final String RESOURCE = "prometheus-workspace";

    static final EndpointService ENDPOINT = new EndpointService("aps-workspaces");

    private static final String WORKSPACE = "^ws-[0-9a-f-]{36}$";
    private static final String ROLE = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]+/)*[A-Za-z0-9+=,.@_-]{1,64}$";
    private static final Pattern WORKSPACE_FORM = Pattern.compile(WORKSPACE);
    private static final Pattern ROLE_FORM = Pattern.compile(ROLE);

    /** Checks names, and that settings of an existing workspace are not given for one that is created. */
    public AmpSpec {
        Problems problems = new Problems();
        workspaceId.ifPresent(id -> problems.match(
                "workspaceId",
                id,
                WORKSPACE_FORM,
                "the ID of a workspace",
                "ws- and a UUID",
                "copy it from `aws amp list-workspaces`"));
        region.ifPresent(name -> problems.collect(PropertyPath.of("region"), () -> {
            Region.check(name);
            return name;
        }));
        roleArn.ifPresent(arn -> problems.match(
                "roleArn",
                arn,
                ROLE_FORM,
                "the ARN of an IAM role",
                "arn:aws:iam::ACCOUNT:role/NAME",
                "copy it from `aws iam get-role`"));
        if (workspaceId.isEmpty()) {
            existing("region", region, problems);
            existing("roleArn", roleArn, problems);
        } else if (kmsKeyArn.isPresent()) {
            problems.add(
                    PropertyPath.of("kmsKeyArn"), "a key for a workspace that exists", "remove it, or workspaceId");
        }
        problems.throwIfAny();
    }

    private static void existing(String property, Optional<String> value, Problems problems) {
        if (value.isPresent()) {
            problems.add(
                    PropertyPath.of(property),
                    "not used with a workspace that is created",
                    "remove it, or add workspaceId of the workspace that exists");
        }
    }

    /**
     * A workspace that is created.
     *
     * @return the spec
     */
    @Defaults
    public static AmpSpec created() {
        return new AmpSpec(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The workspace to create. */
    Map<String, AddonResource> resources(AddonContext context) {
        return workspaceId.isPresent()
                ? Map.of()
                : Map.of(RESOURCE, PrometheusWorkspaceSpec.of(context.clusterName(), kmsKeyArn));
    }

    /** The permission to write to this workspace and no other. */
    PolicyDocument policy(AddonContext context) {
        boolean writes = roleArn.isEmpty();
        return PolicyCatalogue.of("amp-remote-write")
                .latest()
                .renderLists(
                        context.partition(),
                        Map.of(
                                "region",
                                List.of(signingRegion(context)),
                                "account",
                                List.of(context.account().digits()),
                                "cluster",
                                List.of(context.clusterName()),
                                "created",
                                workspaceId.isEmpty() ? List.of("*") : List.of(),
                                "workspaces",
                                writes ? workspaceId.stream().toList() : List.of(),
                                "roles",
                                roleArn.stream().toList()));
    }

    /** Where metrics are sent. */
    String url(AddonContext context, String createdId) {
        return "https://aps-workspaces." + signingRegion(context) + "."
                + context.partition().dnsSuffix() + "/workspaces/" + workspaceId.orElse(createdId)
                + "/api/v1/remote_write";
    }

    /** The region in which requests are signed. */
    String signingRegion(AddonContext context) {
        return region.orElse(context.region());
    }

    /** Where to look. */
    Map<String, HelmAddon.Output> outputs(AddonContext context) {
        return Map.of(
                "prometheus_workspaces_command",
                new HelmAddon.Output(
                        "Command that shows the workspace of Amazon Managed Service for Prometheus",
                        workspaceId
                                .map(id -> "aws amp describe-workspace --region " + signingRegion(context)
                                        + " --workspace-id " + id)
                                .orElse("aws amp list-workspaces --region " + context.region() + " --alias "
                                        + context.clusterName())));
    }
}
