package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AmiTypes.AmiType;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether image, AMI, settings and user data of nodes go together, and with their instance types. */
final class NodeSetupCheck {

    static final int MOST_PODS = 1000;

    static final String REGISTRY = "^(\\*|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?)$";

    private static final Pattern REGISTRY_FORM = Pattern.compile(REGISTRY);
    private static final Pattern MIRROR = Pattern.compile("https?://[A-Za-z0-9][A-Za-z0-9.:_/-]*");

    /** Commands that join a cluster, which EKS runs in nodes with its own images. */
    private static final Pattern JOIN =
            Pattern.compile("/etc/eks/bootstrap\\.sh|nodeadm init|Start-EKSBootstrap|systemctl (re)?start kubelet");

    private final NodeSetup setup;
    private final NodeSystem system;
    private final Problems problems;

    NodeSetupCheck(NodeSetup setup, Problems problems) {
        this.setup = setup;
        this.system = setup.image().system();
        this.problems = problems;
    }

    void check() {
        int before = problems.found().size();
        image();
        pods();
        only("kubelet", setup.kubelet(), NodeSystem.AL2023, NodeSystem.BOTTLEROCKET);
        only("nodeadm", setup.nodeadm(), NodeSystem.AL2023);
        only("bottlerocket", setup.bottlerocket(), NodeSystem.BOTTLEROCKET);
        only("registryMirrors", setup.registryMirrors(), NodeSystem.AL2023, NodeSystem.BOTTLEROCKET);
        SettingsTable.KUBELET.check(PropertyPath.of("kubelet"), setup.kubelet(), problems);
        SettingsTable.NODEADM.check(PropertyPath.of("nodeadm"), setup.nodeadm(), problems);
        SettingsTable.BOTTLEROCKET.check(PropertyPath.of("bottlerocket"), setup.bottlerocket(), problems);
        kubelet();
        if (system == NodeSystem.BOTTLEROCKET) {
            bottlerocket();
        }
        instanceStore();
        mirrors();
        userData();
        windows();
        if (problems.found().size() == before) {
            size();
        }
    }

    private void image() {
        Optional<AmiType> exact = setup.image().exactType();
        PropertyPath image = PropertyPath.of("image");
        if (setup.ami().isPresent()) {
            if (exact.isPresent() || setup.fips()) {
                problems.add(
                        PropertyPath.of(exact.isPresent() ? "image" : "fips"),
                        exact.map(AmiType::name).orElse("fips") + " is an image of EKS, and ami names another one",
                        exact.isPresent()
                                ? "use image: " + system.name().toLowerCase(Locale.ROOT) + ", its operating system"
                                : "remove fips");
            }
            return;
        }
        if (system == NodeSystem.UBUNTU) {
            problems.add(
                    image,
                    "EKS has no image of Ubuntu",
                    "ubuntu with ami",
                    "add ami: /aws/service/canonical/ubuntu/eks/24.04/1.35/stable/current/amd64/hvm/ebs-gp3/ami-id");
        }
        if (setup.fips() && (exact.isPresent() || system != NodeSystem.BOTTLEROCKET)) {
            problems.add(
                    PropertyPath.of("fips"),
                    exact.isPresent()
                            ? setup.image() + " says whether it is one with FIPS"
                            : "EKS has no " + setup.image() + " with FIPS",
                    "image: bottlerocket, which it has",
                    exact.isPresent() ? "remove fips" : "use image: bottlerocket, or remove fips");
        }
        exact.ifPresent(type -> setup.instanceTypes()
                .forEach(name -> InstanceType.find(name).ifPresent(known -> fits(image, type, known))));
    }

    private void fits(PropertyPath where, AmiType image, InstanceType type) {
        String fix = "use image: " + system.name().toLowerCase(Locale.ROOT)
                + ", whose variant fits the types, or other types";
        if (type.architecture()
                .filter(architecture -> !architecture.toString().equals(image.architecture()))
                .isPresent()) {
            problems.add(
                    where,
                    image.name() + " is for " + image.architecture() + ", " + type.name() + " is "
                            + type.architecture().orElseThrow(),
                    fix);
        } else if (image.driver()
                .filter(driver -> !driver.equals(type.accelerator().name().toLowerCase(Locale.ROOT)))
                .isPresent()) {
            problems.add(
                    where,
                    image.name() + " has a driver, " + type.name() + " is "
                            + type.accelerator().words(),
                    fix);
        }
    }

    private void pods() {
        PropertyPath where = PropertyPath.of("maxPods");
        setup.maxPods().ifPresent(pods -> {
            Optional<Integer> limit = setup.ami().isPresent() ? Optional.empty() : MaxPods.limit(setup.instanceTypes());
            if (pods < 1 || pods > MOST_PODS) {
                problems.add(
                        where, pods + " pods", "1 to " + MOST_PODS, "use 110, or what the subnets have addresses for");
            } else if (setup.ami().isEmpty() && (system == NodeSystem.WINDOWS || system == NodeSystem.AL2)) {
                problems.add(
                        where,
                        "EKS sets the number of pods in its image " + setup.image(),
                        "al2023 and bottlerocket, or any image with ami",
                        "remove it");
            } else if (limit.filter(most -> pods > most).isPresent()) {
                problems.add(
                        where,
                        pods + " pods",
                        "at most 110, or 250 on types with 30 vCPUs or more: EKS allows no more in its own images",
                        "use " + limit.orElseThrow());
            }
        });
    }

    private void only(String key, Map<String, ?> value, NodeSystem... systems) {
        if (!value.isEmpty() && !List.of(systems).contains(system)) {
            problems.add(
                    PropertyPath.of(key),
                    key + " has no effect on " + setup.image(),
                    key + " is for " + words(systems),
                    "remove it");
        }
    }

    private static String words(NodeSystem... systems) {
        List<String> words = new ArrayList<>();
        for (NodeSystem one : systems) {
            words.add(one.name().toLowerCase(Locale.ROOT));
        }
        return String.join(" and ", words);
    }

    /** What the kubelet itself refuses, so that a node does not become ready. */
    private void kubelet() {
        PropertyPath where = PropertyPath.of("kubelet");
        Map<String, Object> kubelet = setup.kubelet();
        if (kubelet.get("evictionSoft") instanceof Map<?, ?> thresholds) {
            thresholds.keySet().stream()
                    .filter(signal -> !(kubelet.get("evictionSoftGracePeriod") instanceof Map<?, ?> periods
                            && periods.containsKey(signal)))
                    .forEach(signal -> problems.add(
                            where.key("evictionSoft").key(String.valueOf(signal)),
                            "a soft threshold without a grace period",
                            "add evictionSoftGracePeriod: {" + signal + ": 1m30s}"));
        }
        if (kubelet.get("imageGCLowThresholdPercent") instanceof Number low
                && kubelet.get("imageGCHighThresholdPercent") instanceof Number high
                && low.longValue() >= high.longValue()) {
            problems.add(
                    where.key("imageGCLowThresholdPercent"),
                    low + " is not less than imageGCHighThresholdPercent, " + high,
                    "use a lower one");
        }
        if (Boolean.TRUE.equals(kubelet.get("serializeImagePulls"))
                && kubelet.get("maxParallelImagePulls") instanceof Number pulls
                && pulls.longValue() > 1) {
            problems.add(
                    where.key("maxParallelImagePulls"),
                    pulls + " pulls at once, but serializeImagePulls is true",
                    "remove one of them");
        }
        if ("Static".equals(kubelet.get("memoryManagerPolicy"))
                && system == NodeSystem.AL2023
                && !kubelet.containsKey("reservedMemory")) {
            problems.add(
                    where.key("memoryManagerPolicy"),
                    "the policy Static without reserved memory",
                    "add reservedMemory: [{numaNode: 0, limits: {memory: …}}], the sum of what is reserved");
        }
    }

    private void bottlerocket() {
        List<String> missing = new ArrayList<>();
        Map<String, Object> translated = SettingsTable.KUBELET.translated(setup.kubelet(), missing);
        missing.forEach(path -> problems.add(
                PropertyPath.of("kubelet").plus(PropertyPath.of(path.split("\\.", -1))),
                path + " is nothing that Bottlerocket can set",
                "remove it, or use image: al2023"));
        PropertyPath where = PropertyPath.of("bottlerocket");
        Toml.check(where, setup.bottlerocket(), problems);
        if (setup.bottlerocket().get("kubernetes") instanceof Map<?, ?> kubernetes) {
            translated.keySet().stream()
                    .filter(kubernetes::containsKey)
                    .forEach(key -> problems.add(
                            where.key("kubernetes").key(key), key + " is given by kubelet, too", "remove one of them"));
        }
        if (!setup.registryMirrors().isEmpty()
                && setup.bottlerocket().get("container-registry") instanceof Map<?, ?> registry
                && registry.containsKey("mirrors")) {
            problems.add(
                    where.key("container-registry").key("mirrors"),
                    "mirrors are given by registryMirrors, too",
                    "remove one of them");
        }
    }

    private void instanceStore() {
        setup.instanceStore().ifPresent(store -> {
            PropertyPath where = PropertyPath.of("instanceStore");
            if (system == NodeSystem.BOTTLEROCKET && store != InstanceStore.RAID0) {
                problems.add(where, "Bottlerocket has no " + store, "raid0", "use raid0, or image: al2023");
            } else if (system != NodeSystem.AL2023 && system != NodeSystem.BOTTLEROCKET) {
                problems.add(
                        where,
                        "instanceStore has no effect on " + setup.image(),
                        "instanceStore is for al2023 and bottlerocket",
                        "remove it, and use the disks in userData");
            }
            setup.instanceTypes().stream()
                    .flatMap(type -> InstanceType.find(type).stream())
                    .filter(type -> type.disks()
                            .filter(disks -> disks < store.leastDisks())
                            .isPresent())
                    .forEach(type -> problems.add(
                            where,
                            type.name() + " has " + type.disks().orElseThrow() + " NVMe instance store disks",
                            store + " needs " + store.leastDisks() + " or more",
                            "use types such as m7gd.large or i4i.16xlarge, or remove instanceStore"));
        });
    }

    private void mirrors() {
        setup.registryMirrors().forEach((registry, mirrors) -> {
            PropertyPath where = PropertyPath.of("registryMirrors").key(registry);
            if (!REGISTRY_FORM.matcher(registry).matches()) {
                problems.add(
                        where,
                        "\"" + registry + "\" is not a registry",
                        "a host, or * for all",
                        "write it like docker.io");
            }
            if (mirrors.isEmpty()) {
                problems.add(where, "no mirror", "add one, such as https://mirror.example.com, or remove the registry");
            }
            problems.once(where, mirrors, "mirror");
            for (int i = 0; i < mirrors.size(); i++) {
                problems.match(
                        where.index(i),
                        mirrors.get(i),
                        MIRROR,
                        "the URL of a mirror",
                        "https://HOST[/PATH]",
                        "write it like https://mirror.example.com");
            }
        });
    }

    private void userData() {
        PropertyPath all = PropertyPath.of("userData");
        if (system == NodeSystem.BOTTLEROCKET && !setup.userData().isEmpty()) {
            problems.add(
                    all,
                    "Bottlerocket has no shell: it runs no scripts",
                    "bottlerocket: {bootstrap-commands: …} for commands of its API, {bootstrap-containers: …} for an image",
                    "use one of these, or image: al2023");
            return;
        }
        for (int i = 0; i < setup.userData().size(); i++) {
            UserDataPart part = setup.userData().get(i);
            PropertyPath where = all.index(i);
            if (system == NodeSystem.WINDOWS) {
                if (part.text().toLowerCase(Locale.ROOT).contains("powershell>")) {
                    problems.add(where, "the tag <powershell>, which is added", "remove the tags");
                }
            } else if (part.mimeType().isEmpty()) {
                problems.add(
                        where,
                        "a text that cloud-init does not know",
                        "a first line that begins with #!, or is #cloud-config or #cloud-boothook",
                        "begin with #!/bin/bash");
            }
            if (JOIN.matcher(part.text()).find()) {
                problems.add(
                        where,
                        "commands that start the kubelet",
                        setup.ami().isPresent()
                                ? "nothing that joins the cluster, which is added"
                                : "nothing that joins the cluster, which EKS adds",
                        "remove them, and use kubelet, maxPods, labels and taints of the group");
            }
        }
    }

    private void windows() {
        if (system != NodeSystem.WINDOWS && !setup.windows().equals(WindowsNodeSpec.standard())) {
            problems.add(
                    PropertyPath.of("windows"),
                    "windows has no effect on " + setup.image(),
                    "windows is for windows-2019, windows-2022 and windows-2025",
                    "remove it");
        } else if (setup.ami().isEmpty()) {
            setup.windows()
                    .bootstrapKeys()
                    .forEach(key -> problems.add(
                            PropertyPath.of("windows", key), "EKS sets the arguments of its own images", "remove it"));
        }
    }

    private void size() {
        Optional<String> text = setup.ami().isPresent()
                ? Optional.of(UserDataText.complete(setup, NodeCluster.sample()))
                : UserDataText.merged(setup);
        int bytes =
                text.map(data -> data.getBytes(StandardCharsets.UTF_8).length).orElse(0);
        if (bytes > UserDataText.MOST_BYTES) {
            problems.add(
                    "userData",
                    "user data of " + bytes + " bytes",
                    "at most " + UserDataText.MOST_BYTES + " with settings and scripts",
                    "let a short script fetch the rest from S3");
        }
    }
}
