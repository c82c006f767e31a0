package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * A collector of the AWS Distro for OpenTelemetry (ADOT), to which applications send traces and metrics by OTLP. Its operator is the EKS
 * add-on {@code adot}, which is installed with {@code cert-manager}, which it needs. Source: <a
 * href="https://aws-otel.github.io/docs/getting-started/adot-eks-add-on">ADOT on EKS</a>.
 *
 * @param xray whether it sends traces to AWS X-Ray; default true
 * @param amp Amazon Managed Service for Prometheus, to which it sends metrics; default none
 * @param replicas the number of replicas; default 2
 * @param identity its AWS permissions; {@code policies} replace those of the catalogue
 */
@RecordBuilder
public record AdotSpec(
        @Example("false") boolean xray,

        @Example("{}") Optional<AmpSpec> amp,

        @Example("3") @Limit(min = 1) int replicas,

        @YamlInline ControllerIdentity identity)
        implements AdotSpecBuilder.With {

    /** The collector's name, and that of its namespace and its ServiceAccount. */
    @API(status = API.Status.INTERNAL)
    public static final String NAME = "adot";

    /** The ConfigMap with the environment of the collector, and the variable in it. */
    private static final String URL_VARIABLE = "REMOTE_WRITE_URL";

    private static final PropertyPath PROPERTY = PropertyPath.of("addons", NAME);

    /** Checks that it has something to do. */
    public AdotSpec {
        Components.required("identity", identity);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        if (!xray && amp.isEmpty()) {
            problems.add(
                    PropertyPath.of("xray"),
                    "false without amp: a collector that sends nothing",
                    "remove it, or add amp: {}");
        }
        problems.throwIfAny();
    }

    /**
     * A collector for traces.
     *
     * @return the spec
     */
    @Defaults
    public static AdotSpec standard() {
        return new AdotSpec(true, Optional.empty(), 2, ControllerIdentity.standard());
    }

    /**
     * What is in the cluster and in AWS for a collector.
     *
     * @param property the property that asked for it
     * @param controller its ServiceAccount with its permissions
     * @param resources AWS resources, by id
     * @param object the collector
     * @param outputs where to look
     */
    @API(status = API.Status.INTERNAL)
    public record Collector(
            PropertyPath property,
            AddonController controller,
            Map<String, AddonResource> resources,
            ClusterObject object,
            Map<String, HelmAddon.Output> outputs) {

        /** Copies the maps. */
        public Collector {
            resources = Map.copyOf(resources);
            outputs = Map.copyOf(outputs);
        }
    }

    /**
     * The AWS services that it calls.
     *
     * @return endpoint services
     */
    @API(status = API.Status.INTERNAL)
    public List<EndpointService> endpointServices() {
        List<EndpointService> services = new ArrayList<>();
        if (xray) {
            services.add(new EndpointService("xray"));
        }
        amp.ifPresent(workspace -> services.add(AmpSpec.ENDPOINT));
        return services;
    }

    /**
     * Resolves the collector.
     *
     * @param context what it depends on
     * @return the collector
     */
    @API(status = API.Status.INTERNAL)
    public Collector resolve(AddonContext context) {
        Map<String, HelmAddon.Output> outputs = new TreeMap<>();
        amp.ifPresent(workspace -> outputs.putAll(workspace.outputs(context)));
        outputs.put(
                "otlp_endpoint",
                new HelmAddon.Output(
                        "Where applications in the cluster send OTLP: port 4317 for gRPC, 4318 for HTTP",
                        "http://" + NAME + "-collector." + NAME + ".svc.cluster.local:4318"));
        return new Collector(
                PROPERTY,
                identity.controller(new ServiceAccountName(NAME, NAME), Map.of(), () -> policy(context)),
                amp.map(workspace -> workspace.resources(context)).orElse(Map.of()),
                new ClusterObject(PROPERTY, object(context)),
                outputs);
    }

    private PolicyDocument policy(AddonContext context) {
        List<Statement> statements = new ArrayList<>();
        if (xray) {
            statements.addAll(PolicyCatalogue.of("xray-write")
                    .latest()
                    .render(context.partition())
                    .statements());
        }
        amp.ifPresent(workspace -> statements.addAll(workspace.policy(context).statements()));
        return PolicyDocument.of(statements.toArray(Statement[]::new));
    }

    /**
     * The environment of the collector that Terraform knows only when it runs.
     *
     * @param context region and partition
     * @param createdWorkspaceId the workspace that the environment creates
     * @return the data of a ConfigMap with the name of the collector; empty for none
     */
    @API(status = API.Status.INTERNAL)
    public Map<String, String> variables(AddonContext context, String createdWorkspaceId) {
        return amp.filter(workspace -> workspace.workspaceId().isEmpty())
                .map(workspace -> Map.of(URL_VARIABLE, workspace.url(context, createdWorkspaceId)))
                .orElse(Map.of());
    }

    private Map<String, Object> object(AddonContext context) {
        Map<String, Object> spec = new TreeMap<>();
        spec.put("mode", "deployment");
        spec.put("replicas", replicas);
        spec.put("serviceAccount", NAME);
        spec.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        if (!variables(context, "").isEmpty()) {
            spec.put("envFrom", List.of(Map.of("configMapRef", Map.of("name", NAME))));
        }
        if (replicas > 1) {
            spec.put("podDisruptionBudget", Map.of("maxUnavailable", 1));
        }
        spec.put(
                "resources",
                Map.of("requests", Map.of("cpu", "100m", "memory", "256Mi"), "limits", Map.of("memory", "512Mi")));
        spec.put("podSecurityContext", Map.of("seccompProfile", Map.of("type", "RuntimeDefault")));
        spec.put(
                "securityContext",
                Map.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))));
        spec.put("config", config(context));
        return Map.of(
                "apiVersion",
                "opentelemetry.io/v1beta1",
                "kind",
                "OpenTelemetryCollector",
                "metadata",
                Map.of("name", NAME, "namespace", NAME),
                "spec",
                spec);
    }

    /** What the operator's webhook would add to it is written here: the provider refuses objects that change when they are created. */
    private Map<String, Object> config(AddonContext context) {
        Map<String, Object> exporters = new TreeMap<>();
        Map<String, Object> pipelines = new TreeMap<>();
        Map<String, Object> service = new TreeMap<>();
        Map<String, Object> config = new TreeMap<>();
        if (xray) {
            exporters.put("awsxray", Map.of("region", context.region()));
            pipelines.put("traces", pipeline("awsxray"));
        }
        amp.ifPresent(workspace -> {
            exporters.put(
                    "prometheusremotewrite",
                    Map.of(
                            "endpoint",
                            workspace.workspaceId().isPresent()
                                    ? workspace.url(context, "")
                                    : "${env:" + URL_VARIABLE + "}",
                            "auth",
                            Map.of("authenticator", "sigv4auth"),
                            // The attributes of a resource are labels, such as the name of the service.
                            "resource_to_telemetry_conversion",
                            Map.of("enabled", true),
                            "external_labels",
                            Map.of("cluster", context.clusterName())));
            pipelines.put("metrics", pipeline("prometheusremotewrite"));
            config.put("extensions", Map.of("sigv4auth", signature(workspace, context)));
            service.put("extensions", List.of("sigv4auth"));
        });
        service.put("pipelines", pipelines);
        service.put(
                "telemetry",
                Map.of(
                        "metrics",
                        Map.of(
                                "readers",
                                List.of(Map.of(
                                        "pull",
                                        Map.of(
                                                "exporter",
                                                Map.of("prometheus", Map.of("host", "0.0.0.0", "port", 8888))))))));
        config.put(
                "receivers",
                Map.of(
                        "otlp",
                        Map.of(
                                "protocols",
                                Map.of(
                                        "grpc", Map.of("endpoint", "0.0.0.0:4317"),
                                        "http", Map.of("endpoint", "0.0.0.0:4318")))));
        config.put(
                "processors",
                Map.of(
                        "memory_limiter",
                        Map.of("check_interval", "1s", "limit_percentage", 75, "spike_limit_percentage", 15),
                        "batch",
                        Map.of("timeout", "10s")));
        config.put("exporters", exporters);
        config.put("service", service);
        return config;
    }

    private static Map<String, Object> signature(AmpSpec workspace, AddonContext context) {
        Map<String, Object> signature =
                new TreeMap<>(Map.of("region", workspace.signingRegion(context), "service", "aps"));
        workspace.roleArn().ifPresent(arn -> signature.put("assume_role", Map.of("arn", arn)));
        return signature;
    }

    private static Map<String, Object> pipeline(String exporter) {
        return Map.of(
                "receivers", List.of("otlp"),
                "processors", List.of("memory_limiter", "batch"),
                "exporters", List.of(exporter));
    }
}
