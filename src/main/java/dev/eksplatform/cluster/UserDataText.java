package dev.eksplatform.cluster;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.network.Cidr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The user data of a group's nodes, by their operating system: a MIME document with a {@code NodeConfig} for Amazon Linux 2023,
 * TOML for Bottlerocket, PowerShell for Windows. For its own images EKS adds what nodes need to join; with an AMI of one's own
 * it must be complete. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data">user data</a>, <a
 * href="https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/examples/">nodeadm</a>, <a
 * href="https://bottlerocket.dev/en/os/latest/concepts/bootstrap-commands/">bootstrap commands of Bottlerocket</a>.
 */
final class UserDataText {

    /** The most bytes, before they are encoded. Source: <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html">user data of EC2</a>.
     */
    static final int MOST_BYTES = 16 * 1024;

    /** What an array of the disks of an instance holds on Bottlerocket. */
    private static final List<String> DIRECTORIES = List.of("/var/lib/containerd", "/var/lib/kubelet", "/var/log/pods");

    private final NodeSetup spec;
    private final @Nullable NodeCluster cluster;

    private UserDataText(NodeSetup spec, @Nullable NodeCluster cluster) {
        this.spec = spec;
        this.cluster = cluster;
    }

    /** What EKS merges with its own; empty for nothing. */
    static Optional<String> merged(NodeSetup spec) {
        return new UserDataText(spec, null).text();
    }

    /** What nodes need to join a cluster. */
    static String complete(NodeSetup spec, NodeCluster cluster) {
        return new UserDataText(spec, cluster).text().orElseThrow();
    }

    private Optional<String> text() {
        return switch (spec.image().system()) {
            case AL2023 -> amazonLinux();
            case BOTTLEROCKET -> bottlerocket();
            case WINDOWS -> windows();
            case UBUNTU, AL2 -> script();
        };
    }

    private MimeDocument parts() {
        MimeDocument document = new MimeDocument();
        spec.userData().forEach(part -> document.add(part.mimeType(), part.text()));
        return document;
    }

    private static Optional<String> unlessEmpty(MimeDocument document) {
        return document.isEmpty() ? Optional.empty() : Optional.of(document.toString());
    }

    private Optional<String> amazonLinux() {
        MimeDocument document = parts();
        if (!spec.registryMirrors().isEmpty()) {
            document.add("text/cloud-config", "#cloud-config\n" + Json.pretty(cloudConfig()));
        }
        Map<String, Object> config = nodeConfig();
        if (!config.isEmpty()) {
            document.add(
                    "application/node.eks.aws",
                    Json.pretty(Map.of(
                            "apiVersion", "node.eks.aws/v1alpha1",
                            "kind", "NodeConfig",
                            "spec", config)));
        }
        return unlessEmpty(document);
    }

    /**
     * Files beside those of the group's own parts: without {@code merge_how}, the list of the last part would be the only one.
     * Source: <a href="https://docs.cloud-init.io/en/latest/reference/merging.html">merging user data sections</a>.
     */
    private Map<String, Object> cloudConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("merge_how", List.of(merge("list", "append"), merge("dict", "no_replace", "recurse_list")));
        config.put("write_files", hostFiles());
        return config;
    }

    private static Map<String, Object> merge(String type, String... settings) {
        Map<String, Object> merge = new LinkedHashMap<>();
        merge.put("name", type);
        merge.put("settings", List.of(settings));
        return merge;
    }

    /** Source: <a href="https://github.com/containerd/containerd/blob/main/docs/hosts.md">registry configuration</a>. */
    private List<Map<String, Object>> hostFiles() {
        List<Map<String, Object>> files = new ArrayList<>();
        new TreeMap<>(spec.registryMirrors()).forEach((registry, mirrors) -> {
            Map<String, Object> hosts = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder();
            mirrors.forEach(mirror ->
                    text.append("[host.\"").append(mirror).append("\"]\ncapabilities = [\"pull\", \"resolve\"]\n"));
            hosts.put(
                    "path",
                    "/etc/containerd/certs.d/" + (registry.equals("*") ? "_default" : registry) + "/hosts.toml");
            hosts.put("content", text.toString());
            files.add(hosts);
        });
        return files;
    }

    private Map<String, Object> nodeConfig() {
        Map<String, Object> config = new LinkedHashMap<>(spec.nodeadm());
        Map<String, Object> kubelet = new LinkedHashMap<>(mapping(config.get("kubelet")));
        Map<String, Object> settings = new LinkedHashMap<>(spec.kubelet());
        spec.maxPods().ifPresent(pods -> settings.put("maxPods", pods));
        if (!settings.isEmpty()) {
            kubelet.put("config", settings);
        }
        spec.instanceStore().ifPresent(store -> {
            Map<String, Object> instance = new LinkedHashMap<>(mapping(config.get("instance")));
            Map<String, Object> storage = new LinkedHashMap<>(mapping(instance.get("localStorage")));
            storage.put("strategy", store.strategy());
            instance.put("localStorage", storage);
            config.put("instance", instance);
        });
        if (cluster != null) {
            config.put(
                    "cluster",
                    Map.of(
                            "name", cluster.name(),
                            "apiServerEndpoint", cluster.endpoint(),
                            "certificateAuthority", cluster.certificate(),
                            "cidr", cluster.serviceCidr()));
            List<Object> flags = new ArrayList<>(registration());
            flags.addAll(kubelet.get("flags") instanceof List<?> own ? own : List.of());
            if (!flags.isEmpty()) {
                kubelet.put("flags", flags);
            }
        }
        if (!kubelet.isEmpty()) {
            config.put("kubelet", kubelet);
        }
        return config;
    }

    /** Arguments of the kubelet, because EKS applies labels and taints only later with an AMI of one's own. */
    private List<String> registration() {
        List<String> arguments = new ArrayList<>();
        if (!spec.labels().isEmpty()) {
            arguments.add("--node-labels="
                    + new TreeMap<>(spec.labels())
                            .entrySet().stream()
                                    .map(label -> label.getKey() + "=" + label.getValue())
                                    .collect(Collectors.joining(",")));
        }
        if (!spec.taints().isEmpty()) {
            arguments.add("--register-with-taints="
                    + spec.taints().stream()
                            .map(taint -> taint.key() + "=" + taint.value().orElse("") + ":" + taint.kubernetesEffect())
                            .collect(Collectors.joining(",")));
        }
        return arguments;
    }

    private static Map<String, Object> mapping(@Nullable Object value) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> mapping.put(String.valueOf(key), inner));
        }
        return mapping;
    }

    private Optional<String> bottlerocket() {
        Map<String, Object> settings = new LinkedHashMap<>(spec.bottlerocket());
        Map<String, Object> kubernetes = mapping(settings.get("kubernetes"));
        kubernetes.putAll(SettingsTable.KUBELET.translated(spec.kubelet(), new ArrayList<>()));
        spec.maxPods().ifPresent(pods -> kubernetes.put("max-pods", pods));
        if (cluster != null) {
            kubernetes.put("cluster-name", cluster.name());
            kubernetes.put("api-server", cluster.endpoint());
            kubernetes.put("cluster-certificate", cluster.certificate());
            kubernetes.putIfAbsent("cluster-dns-ip", cluster.dnsAddress());
            if (!spec.labels().isEmpty()) {
                kubernetes.put("node-labels", spec.labels());
            }
            if (!spec.taints().isEmpty()) {
                kubernetes.put("node-taints", taints());
            }
        }
        if (!kubernetes.isEmpty()) {
            settings.put("kubernetes", kubernetes);
        }
        if (spec.instanceStore().isPresent()) {
            Map<String, Object> commands = mapping(settings.get("bootstrap-commands"));
            List<String> bind = new ArrayList<>(List.of("apiclient", "ephemeral-storage", "bind", "--dirs"));
            bind.addAll(DIRECTORIES);
            commands.put(
                    "instance-store",
                    Map.of(
                            "commands",
                            List.of(List.of("apiclient", "ephemeral-storage", "init"), bind),
                            "essential",
                            true,
                            "mode",
                            "always"));
            settings.put("bootstrap-commands", commands);
        }
        if (!spec.registryMirrors().isEmpty()) {
            Map<String, Object> registry = mapping(settings.get("container-registry"));
            List<Map<String, Object>> mirrors = new ArrayList<>();
            new TreeMap<>(spec.registryMirrors())
                    .forEach((name, endpoints) -> mirrors.add(Map.of("registry", name, "endpoint", endpoints)));
            registry.put("mirrors", mirrors);
            settings.put("container-registry", registry);
        }
        return settings.isEmpty() ? Optional.empty() : Optional.of(Toml.write(Map.of("settings", settings)));
    }

    /** Taints of one key, which differ in their effects, are a list. */
    private Map<String, List<String>> taints() {
        Map<String, List<String>> taints = new LinkedHashMap<>();
        spec.taints().forEach(taint -> taints.computeIfAbsent(taint.key(), key -> new ArrayList<>())
                .add(taint.value().orElse("") + ":" + taint.kubernetesEffect()));
        return taints;
    }

    private Optional<String> windows() {
        List<String> lines = new ArrayList<>();
        if (!spec.windows().excludedSnatCidrs().isEmpty()) {
            lines.add("[Environment]::SetEnvironmentVariable('EXCLUDED_SNAT_CIDRS', '"
                    + spec.windows().excludedSnatCidrs().stream()
                            .map(Cidr::toString)
                            .collect(Collectors.joining(","))
                    + "', 'Machine')");
        }
        spec.userData().forEach(part -> lines.add(part.text().stripTrailing()));
        if (cluster != null) {
            lines.add(startKubelet(cluster));
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of("<powershell>\n" + String.join("\n", lines) + "\n</powershell>\n");
    }

    private String startKubelet(NodeCluster of) {
        List<String> kubelet = new ArrayList<>(registration());
        spec.maxPods().ifPresent(pods -> kubelet.add("--max-pods=" + pods));
        kubelet.addAll(spec.windows().kubeletArguments());
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("EKSClusterName", of.name());
        arguments.put("APIServerEndpoint", of.endpoint());
        arguments.put("Base64ClusterCA", of.certificate());
        arguments.put("DNSClusterIP", of.dnsAddress());
        arguments.put("ServiceCIDR", of.serviceCidr());
        if (!kubelet.isEmpty()) {
            arguments.put("KubeletExtraArgs", String.join(" ", kubelet));
        }
        if (!spec.windows().kubeProxyArguments().isEmpty()) {
            arguments.put("KubeProxyExtraArgs", String.join(" ", spec.windows().kubeProxyArguments()));
        }
        return arguments.entrySet().stream()
                .map(argument -> "-" + argument.getKey() + " '" + argument.getValue() + "'")
                .collect(Collectors.joining(" ", "& \"$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1\" ", ""));
    }

    /** Images whose kubelet is started by {@code bootstrap.sh}. */
    private Optional<String> script() {
        MimeDocument document = parts();
        if (cluster != null) {
            List<String> kubelet = new ArrayList<>(registration());
            spec.maxPods().ifPresent(pods -> kubelet.add("--max-pods=" + pods));
            document.add(
                    "text/x-shellscript",
                    "#!/bin/bash\nset -ex\n/etc/eks/bootstrap.sh '" + cluster.name() + "' --apiserver-endpoint '"
                            + cluster.endpoint() + "' --b64-cluster-ca '" + cluster.certificate()
                            + "' --dns-cluster-ip '" + cluster.dnsAddress() + "'"
                            + (cluster.ipv6()
                                    ? " --ip-family ipv6 --service-ipv6-cidr '" + cluster.serviceCidr() + "'"
                                    : "")
                            + (spec.maxPods().isPresent() ? " --use-max-pods false" : "")
                            + (kubelet.isEmpty() ? "" : " --kubelet-extra-args '" + String.join(" ", kubelet) + "'"));
        }
        return unlessEmpty(document);
    }
}
