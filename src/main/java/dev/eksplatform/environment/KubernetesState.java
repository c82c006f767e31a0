package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.SecretKeys;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets of a Kubernetes cluster, one for each stack. It must be another cluster than the one of this file. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/kubernetes">backend kubernetes</a>.
 *
 * @param namespace the namespace of the Secrets; default {@code default}
 * @param labels more labels of the Secrets; default none
 * @param inClusterConfig whether Terraform runs in a pod of the cluster and uses its ServiceAccount; default false
 * @param loadConfigFile whether a kubeconfig file is read; default true
 * @param configPath the kubeconfig file; default that of {@code KUBE_CONFIG_PATH}
 * @param configPaths several kubeconfig files; default none
 * @param configContext the context of the kubeconfig file; default its current one
 * @param configContextAuthInfo another user of the kubeconfig file; default that of the context
 * @param configContextCluster another cluster of the kubeconfig file; default that of the context
 * @param host the URL of the API server; default that of the kubeconfig file
 * @param clusterCaCertificate the certificate authority of the API server, in PEM; default that of the kubeconfig file
 * @param clientCertificate the certificate of the client, in PEM; default that of the kubeconfig file
 * @param insecure whether the certificate of the API server is not verified; default false
 * @param proxyUrl the proxy to the API server; default none
 * @param exec a command that gives a token; default none
 */
@YamlForm(key = "kubernetes")
@SecretKeys({"token=KUBE_TOKEN", "username=KUBE_USER", "password=KUBE_PASSWORD", "clientKey=KUBE_CLIENT_KEY_DATA"})
@RecordBuilder
public record KubernetesState(
        @Example("terraform") @Limit(pattern = StateText.NAMESPACE)
        Optional<String> namespace,

        @Example("{team: shop}") Map<String, String> labels,
        @Example("true") Optional<Boolean> inClusterConfig,
        @Example("true") Optional<Boolean> loadConfigFile,

        @Example("~/.kube/config") @Limit(pattern = StateText.TEXT)
        Optional<String> configPath,

        @Example("[~/.kube/config]") List<String> configPaths,
        @Example("tools") @Limit(pattern = StateText.TEXT) Optional<String> configContext,
        @Example("ci") @Limit(pattern = StateText.TEXT) Optional<String> configContextAuthInfo,
        @Example("tools") @Limit(pattern = StateText.TEXT) Optional<String> configContextCluster,

        @Example("https://kubernetes.example.com") @Limit(pattern = StateText.TEXT)
        Optional<String> host,

        @Example("\"-----BEGIN CERTIFICATE-----\"") @Limit(pattern = StateText.PEM)
        Optional<String> clusterCaCertificate,

        @Example("\"-----BEGIN CERTIFICATE-----\"") @Limit(pattern = StateText.PEM)
        Optional<String> clientCertificate,

        @Example("false") Optional<Boolean> insecure,

        @Example("http://proxy.example.com:3128") @Limit(pattern = StateText.TEXT)
        Optional<String> proxyUrl,

        @Example("{apiVersion: client.authentication.k8s.io/v1beta1, command: aws}")
        Optional<Exec> exec)
        implements StateSpec, KubernetesStateBuilder.With {

    /** Checks names and paths; what they name is not looked up. */
    public KubernetesState {
        labels = Components.map("labels", labels);
        configPaths = Components.list("configPaths", configPaths);
        Problems problems = new Problems();
        StateText.match("namespace", namespace, StateText.NAMESPACE, "write it like terraform", problems);
        StateText.match("configPath", configPath, StateText.TEXT, "write it like ~/.kube/config", problems);
        StateText.match("configContext", configContext, StateText.TEXT, "write it like tools", problems);
        StateText.match("configContextAuthInfo", configContextAuthInfo, StateText.TEXT, "write it like ci", problems);
        StateText.match("configContextCluster", configContextCluster, StateText.TEXT, "write it like tools", problems);
        StateText.match("host", host, StateText.TEXT, "write it like https://kubernetes.example.com", problems);
        StateText.match(
                "clusterCaCertificate",
                clusterCaCertificate,
                StateText.PEM,
                "write it like -----BEGIN CERTIFICATE-----",
                problems);
        StateText.match(
                "clientCertificate",
                clientCertificate,
                StateText.PEM,
                "write it like -----BEGIN CERTIFICATE-----",
                problems);
        StateText.match("proxyUrl", proxyUrl, StateText.TEXT, "write it like http://proxy.example.com:3128", problems);
        problems.throwIfAny();
    }

    /**
     * A command that gives a token.
     *
     * @param apiVersion the version of its answer
     * @param command the command
     * @param args its arguments; default none
     * @param env its environment variables, beside those of Terraform; default none
     */
    @RecordBuilder
    public record Exec(
            @Example("client.authentication.k8s.io/v1beta1") String apiVersion,
            @Example("aws") String command,

            @Example("[eks, get-token, --cluster-name, tools]")
            List<String> args,

            @Example("{AWS_PROFILE: tools}") Map<String, String> env)
            implements KubernetesStateExecBuilder.With {

        /** Copies arguments and variables. */
        public Exec {
            Components.required("apiVersion", apiVersion, "command", command);
            args = Components.list("args", args);
            env = Components.map("env", env);
        }

        /**
         * A command without arguments.
         *
         * @param apiVersion the version of its answer
         * @param command the command
         * @return the spec
         */
        @Defaults
        public static Exec of(String apiVersion, String command) {
            return new Exec(apiVersion, command, List.of(), Map.of());
        }
    }

    /**
     * The backend with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static KubernetesState standard() {
        return new KubernetesState(
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
