package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which nodes EKS Auto Mode may create for pods, and when it removes them. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html">create a node pool</a>, <a
 * href="https://karpenter.sh/docs/concepts/nodepools/">NodePools</a>.
 *
 * @param nodeClass the node class of the nodes; default {@code default}
 * @param instanceCategories categories of instance types; default {@code [c, m, r]}, or any where families or types are named
 * @param instanceFamilies families of instance types; default any
 * @param instanceTypes instance types; default any
 * @param newerThanGeneration the generation of instance types that all are newer than; default 4, or any where families or types are named
 * @param instanceCpus numbers of vCPUs; default any
 * @param architectures processor architectures; default {@code [x86_64]}
 * @param capacityTypes how instances are bought, the cheapest that is available; default {@code [on-demand]}
 * @param zones the zones of the nodes, among those of the subnets of the node class; default all of them
 * @param requirements other requirements on labels of nodes; default none
 * @param labels Kubernetes labels of the nodes; default none
 * @param annotations Kubernetes annotations of the nodes; default none
 * @param taints Kubernetes taints of the nodes; default none
 * @param startupTaints taints that something on the node removes when it is ready; default none
 * @param limits the most of a resource that all nodes together have, such as {@code cpu} and {@code memory}; default no limit
 * @param weight the pool with the highest weight, from 1 to 100, is tried first; default 0
 * @param replicas a fixed number of nodes, whether pods need them or not; default as many as pods need. The pool cannot be changed from one
 *     to the other
 * @param expireAfterHours after how many hours a node is replaced, at most 504 (21 days); default 336
 * @param terminationGracePeriodMinutes how long pods may take to leave a node before they are deleted by force; default 1440 (a day)
 * @param disruption when nodes are removed to save costs, and how many at a time
 */
@RecordBuilder
public record NodePoolSpec(
        @Example("large") String nodeClass,

        @Example("[c, m]") @Limit(pattern = NodePoolSpec.CATEGORY, unique = true)
        List<String> instanceCategories,

        @Example("[m7g, m8g]") @Limit(pattern = NodePoolSpec.FAMILY, unique = true)
        List<String> instanceFamilies,

        @Example("[m7g.large]") @Limit(pattern = InstanceTypeCheck.PATTERN, unique = true)
        List<String> instanceTypes,

        @Example("6") @Limit(min = 0, max = NodePoolSpec.NEWEST_GENERATION)
        Optional<Integer> newerThanGeneration,

        @Example("[4, 8]") @Limit(min = 1, unique = true) List<Integer> instanceCpus,

        @Example("[arm64]") @Limit(minItems = 1, unique = true)
        List<Architecture> architectures,

        @Example("[spot, on-demand]") @Limit(minItems = 1, unique = true)
        List<CapacityType> capacityTypes,

        @Example("[eu-central-1a]") @Limit(unique = true) List<Zone> zones,

        @Example("[{key: eks.amazonaws.com/instance-hypervisor, values: [nitro]}]")
        List<Requirement> requirements,

        @Example("{example.com/team: payments}")
        @Limit(keys = LabelGrammar.KEY_PATTERN, pattern = LabelGrammar.VALUE_PATTERN)
        Map<String, String> labels,

        @Example("{example.com/owner: payments}") Map<String, String> annotations,

        @Example("[{key: dedicated, value: web, effect: no-schedule}]")
        List<TaintSpec> taints,

        @Example("[{key: example.com/agent-not-ready, effect: no-execute}]")
        List<TaintSpec> startupTaints,

        @Example("{cpu: \"64\", memory: 256Gi}") Map<String, String> limits,

        @Example("10") @Limit(min = 1, max = NodePoolSpec.HEAVIEST)
        Optional<Integer> weight,

        @Example("2") @Limit(min = 0) Optional<Integer> replicas,

        @Example("168") @Limit(min = 1, max = NodePoolSpec.LONGEST_LIFE)
        Optional<Integer> expireAfterHours,

        @Example("60") @Limit(min = 1) Optional<Integer> terminationGracePeriodMinutes,

        @Example("{consolidation: when-empty}") Disruption disruption)
        implements NodePoolSpecBuilder.With {

    private static final String CATEGORY = "^[a-z]+(-[a-z]+)?$";
    private static final String FAMILY = "^[a-z][a-z0-9-]+$";
    private static final Pattern CATEGORY_FORM = Pattern.compile(CATEGORY);
    private static final Pattern FAMILY_FORM = Pattern.compile(FAMILY);
    private static final int NEWEST_GENERATION = 99;
    private static final int HEAVIEST = 100;

    /** Nodes of Auto Mode live 21 days at most. */
    private static final int LONGEST_LIFE = 504;

    private static final int MINUTES_OF_LIFE = LONGEST_LIFE * 60;
    private static final int DEFAULT_GENERATION = 4;

    /** Sizes without a second vCPU, or with too little memory. */
    private static final Set<String> TOO_SMALL = Set.of("nano", "micro", "small");

    /** Labels that only Karpenter and the kubelet set. */
    private static final Pattern RESTRICTED = Pattern.compile(
            "([^/]*\\.)?karpenter\\.sh/.*|kubernetes\\.io/hostname|([^/]*\\.)?eks\\.amazonaws\\.com/.*");

    private static final Set<String> RESOURCES =
            Set.of("cpu", "memory", "ephemeral-storage", "pods", "nodes", "nvidia.com/gpu", "aws.amazon.com/neuron");

    /** How instances of a node pool are bought. */
    public enum CapacityType {
        /** On-Demand Instances. */
        ON_DEMAND,
        /** Spot Instances: cheaper, and interrupted with two minutes' notice. */
        SPOT,
        /** Capacity reservations of the node class. */
        RESERVED;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How a label of a node compares with the values of a requirement. */
    public enum Operator {
        /** It is one of them. */
        IN("In"),
        /** It is none of them. */
        NOT_IN("NotIn"),
        /** It exists. */
        EXISTS("Exists"),
        /** It does not exist. */
        DOES_NOT_EXIST("DoesNotExist"),
        /** It is a greater number. */
        GT("Gt"),
        /** It is a smaller number. */
        LT("Lt");

        private final String id;

        Operator(String id) {
            this.id = id;
        }
    }

    /**
     * A requirement on a label of nodes.
     *
     * @param key the label, such as {@code eks.amazonaws.com/instance-cpu-manufacturer}
     * @param operator how it compares with the values; default {@code in}, or {@code exists} without values
     * @param values the values; one number for {@code gt} and {@code lt}, none for {@code exists} and {@code does-not-exist}; default none
     * @param minValues how many of the values must be possible at least, from 1 to 50; default 1
     */
    @RecordBuilder
    public record Requirement(
            @Example("eks.amazonaws.com/instance-hypervisor") @Limit(pattern = LabelGrammar.KEY_PATTERN)
            String key,

            @Example("not-in") Optional<Operator> operator,

            @Example("[nitro]") @Limit(pattern = LabelGrammar.VALUE_PATTERN)
            List<String> values,

            @Example("2") @Limit(min = 1, max = Requirement.MOST_VALUES)
            Optional<Integer> minValues)
            implements NodePoolSpecRequirementBuilder.With {

        private static final int MOST_VALUES = 50;

        /** Labels that nodes of Auto Mode do not have. */
        private static final Set<String> UNSUPPORTED = Set.of("kubernetes.io/os", "node.kubernetes.io/windows-build");

        /** Checks key and values. */
        public Requirement {
            Components.required("key", key);
            values = Components.list("values", values);
            Problems problems = new Problems();
            LabelGrammar.key(key).ifPresent(problem -> problems.add(problem.under(PropertyPath.of("key"))));
            if (UNSUPPORTED.contains(key)) {
                problems.add(
                        PropertyPath.of("key"),
                        key + " is not supported: nodes of Auto Mode run Linux",
                        "remove the requirement");
            } else if (key.startsWith("karpenter.k8s.aws/")) {
                problems.add(
                        PropertyPath.of("key"),
                        key + " is a label of Karpenter's own nodes",
                        "use eks.amazonaws.com/" + key.substring(key.indexOf('/') + 1));
            }
            Operator meant = meant(operator, values);
            boolean none = meant == Operator.EXISTS || meant == Operator.DOES_NOT_EXIST;
            boolean number = meant == Operator.GT || meant == Operator.LT;
            if (none && !values.isEmpty()) {
                problems.add("values", "values with " + word(meant), "no values", "remove values");
            } else if (number && !(values.size() == 1 && values.get(0).matches("[0-9]{1,9}"))) {
                problems.add("values", values + " with " + word(meant), "one number", "write it like [\"4\"]");
            } else if (!none && values.isEmpty()) {
                problems.add(PropertyPath.of("values"), "no values", "add one");
            }
            for (int i = 0; i < values.size(); i++) {
                PropertyPath where = PropertyPath.of("values").index(i);
                LabelGrammar.value(values.get(i)).ifPresent(problem -> problems.add(problem.under(where)));
            }
            int count = values.size();
            minValues
                    .filter(least -> least < 1 || least > MOST_VALUES || (meant == Operator.IN && least > count))
                    .ifPresent(least -> problems.add(
                            "minValues",
                            String.valueOf(least),
                            "1 to " + MOST_VALUES + ", and no more than values",
                            "use a smaller number"));
            problems.throwIfAny();
        }

        private static Operator meant(Optional<Operator> operator, List<String> values) {
            return operator.orElse(values.isEmpty() ? Operator.EXISTS : Operator.IN);
        }

        private static String word(Operator operator) {
            return operator.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /**
         * A requirement that nodes have a label.
         *
         * @param key the label
         * @return the requirement
         */
        @Defaults
        public static Requirement of(String key) {
            return new Requirement(key, Optional.empty(), List.of(), Optional.empty());
        }

        Map<String, Object> body() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("key", key);
            body.put("operator", meant(operator, values).id);
            if (!values.isEmpty()) {
                body.put("values", values);
            }
            minValues.ifPresent(least -> body.put("minValues", least));
            return body;
        }
    }

    /** Which nodes are removed to save costs, their pods moved to others. */
    public enum Consolidation {
        /** Those without pods, and those whose pods fit on others or on a cheaper one. */
        WHEN_EMPTY_OR_UNDERUTILIZED,
        /** Those without pods. */
        WHEN_EMPTY,
        /** None. */
        NEVER
    }

    /**
     * When nodes are removed to save costs, and how many nodes at a time for any reason.
     *
     * @param consolidation which nodes are removed to save costs; default {@code when-empty-or-underutilized}
     * @param consolidateAfterSeconds how long no pod has come or gone before, in seconds; default 0
     * @param budgets how many nodes may be removed at a time; default 10 percent
     */
    @RecordBuilder
    public record Disruption(
            @Example("when-empty") Consolidation consolidation,

            @Example("30") @Limit(min = 0) int consolidateAfterSeconds,

            @Example("[{nodes: 20%}]") @Limit(maxItems = 50) List<Budget> budgets)
            implements NodePoolSpecDisruptionBuilder.With {

        /** Checks the time. */
        public Disruption {
            budgets = Components.list("budgets", budgets);
            Problems problems = new Problems();
            if (consolidateAfterSeconds < 0) {
                problems.add("consolidateAfterSeconds", String.valueOf(consolidateAfterSeconds), "0 or more", "use 30");
            }
            problems.throwIfAny();
        }

        /**
         * What EKS Auto Mode does by default.
         *
         * @return the defaults
         */
        @Defaults
        public static Disruption standard() {
            return new Disruption(Consolidation.WHEN_EMPTY_OR_UNDERUTILIZED, 0, List.of());
        }

        Map<String, Object> body() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put(
                    "consolidationPolicy",
                    consolidation == Consolidation.WHEN_EMPTY ? "WhenEmpty" : "WhenEmptyOrUnderutilized");
            body.put(
                    "consolidateAfter", consolidation == Consolidation.NEVER ? "Never" : consolidateAfterSeconds + "s");
            if (!budgets.isEmpty()) {
                body.put("budgets", budgets.stream().map(Budget::body).toList());
            }
            return body;
        }
    }

    /** Why a node is removed. */
    public enum Reason {
        /** Its pods fit elsewhere. */
        UNDERUTILIZED("Underutilized"),
        /** It has no pods. */
        EMPTY("Empty"),
        /** Its image, node class or node pool has changed. */
        DRIFTED("Drifted");

        private final String id;

        Reason(String id) {
            this.id = id;
        }
    }

    /**
     * How many nodes may be removed at a time.
     *
     * @param nodes a number or a percentage of the nodes of the pool
     * @param schedule when the budget begins to apply, as a cron expression in UTC; default always
     * @param durationMinutes how long it then applies; needed with {@code schedule}
     * @param reasons the reasons of removal that it applies to; default all
     */
    @RecordBuilder
    public record Budget(
            @Example("10%") @Limit(pattern = Budget.NODES) String nodes,

            @Example("0 9 * * mon-fri") Optional<String> schedule,

            @Example("480") @Limit(min = 1) Optional<Integer> durationMinutes,

            @Example("[drifted]") @Limit(unique = true) List<Reason> reasons)
            implements NodePoolSpecBudgetBuilder.With {

        private static final String NODES = "^((100|[0-9]{1,2})%|[0-9]+)$";
        private static final Pattern NODES_FORM = Pattern.compile(NODES);
        private static final Pattern CRON =
                Pattern.compile("@(annually|yearly|monthly|weekly|daily|midnight|hourly)|\\S+(\\s+\\S+){4}");

        /** Checks number and schedule. */
        public Budget {
            Components.required("nodes", nodes);
            reasons = Components.list("reasons", reasons);
            Problems problems = new Problems();
            problems.match(
                    "nodes", nodes, NODES_FORM, "a number of nodes", "a number or a percentage", "write it like 10%");
            schedule.ifPresent(text -> problems.match(
                    "schedule",
                    text,
                    CRON,
                    "a schedule",
                    "minute, hour, day, month and weekday, or @daily",
                    "write it like 0 9 * * mon-fri"));
            if (schedule.isPresent() != durationMinutes.isPresent()) {
                problems.add(
                        schedule.isPresent() ? "schedule" : "durationMinutes",
                        schedule.isPresent() ? "a schedule without a duration" : "a duration without a schedule",
                        "both, or none of them",
                        "add " + (schedule.isPresent() ? "durationMinutes" : "schedule"));
            }
            durationMinutes
                    .filter(minutes -> minutes < 1)
                    .ifPresent(
                            minutes -> problems.add("durationMinutes", String.valueOf(minutes), "1 or more", "use 60"));
            problems.once(PropertyPath.of("reasons"), reasons, "reason");
            problems.throwIfAny();
        }

        /**
         * A budget for every reason at any time.
         *
         * @param nodes a number, or a percentage such as {@code 10%}
         * @return the budget
         */
        @Defaults
        public static Budget of(String nodes) {
            return new Budget(nodes, Optional.empty(), Optional.empty(), List.of());
        }

        Map<String, Object> body() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("nodes", nodes);
            schedule.ifPresent(text -> body.put("schedule", text));
            durationMinutes.ifPresent(minutes -> body.put("duration", minutes + "m"));
            if (!reasons.isEmpty()) {
                body.put("reasons", reasons.stream().map(reason -> reason.id).toList());
            }
            return body;
        }
    }

    /** Checks types, labels, taints, limits and times. */
    public NodePoolSpec {
        Components.required("nodeClass", nodeClass);
        instanceCategories = Components.list("instanceCategories", instanceCategories);
        instanceFamilies = Components.list("instanceFamilies", instanceFamilies);
        instanceTypes = Components.list("instanceTypes", instanceTypes);
        instanceCpus = Components.list("instanceCpus", instanceCpus);
        architectures = Components.list("architectures", architectures);
        capacityTypes = Components.list("capacityTypes", capacityTypes);
        zones = Components.list("zones", zones);
        requirements = Components.list("requirements", requirements);
        labels = Components.map("labels", labels);
        annotations = Components.map("annotations", annotations);
        taints = Components.list("taints", taints);
        startupTaints = Components.list("startupTaints", startupTaints);
        limits = Components.map("limits", limits);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("instanceCategories"), instanceCategories, "category");
        problems.once(PropertyPath.of("instanceFamilies"), instanceFamilies, "family");
        for (int i = 0; i < instanceCpus.size(); i++) {
            if (instanceCpus.get(i) < 1) {
                problems.add(
                        PropertyPath.of("instanceCpus").index(i),
                        instanceCpus.get(i) + " vCPUs",
                        "use a number of vCPUs that instances have, such as 4");
            }
        }
        for (int i = 0; i < instanceCategories.size(); i++) {
            problems.match(
                    PropertyPath.of("instanceCategories").index(i),
                    instanceCategories.get(i),
                    CATEGORY_FORM,
                    "an instance category",
                    "the letters before the generation",
                    "write it like m or c");
        }
        for (int i = 0; i < instanceFamilies.size(); i++) {
            problems.match(
                    PropertyPath.of("instanceFamilies").index(i),
                    instanceFamilies.get(i),
                    FAMILY_FORM,
                    "an instance family",
                    "the part of a type before the dot",
                    "write it like m7g");
        }
        problems.once(PropertyPath.of("architectures"), architectures, "architecture");
        problems.once(PropertyPath.of("capacityTypes"), capacityTypes, "capacity type");
        problems.once(PropertyPath.of("zones"), zones, "zone");
        if (architectures.isEmpty()) {
            problems.add("architectures", "no architecture", "x86_64, arm64", "remove it: x86_64 is the default");
        }
        if (capacityTypes.isEmpty()) {
            problems.add(
                    "capacityTypes",
                    "no capacity type",
                    "on-demand, spot, reserved",
                    "remove it: on-demand is the default");
        }
        checkTypes(instanceTypes, architectures, problems);
        LabelGrammar.check(PropertyPath.of("labels"), labels, problems);
        for (String key : labels.keySet()) {
            if (RESTRICTED.matcher(key).matches()) {
                problems.add(
                        PropertyPath.of("labels", key),
                        key + " is reserved: Auto Mode sets it",
                        "use a prefix of your own, or requirements to choose nodes by it");
            }
        }
        for (String key : annotations.keySet()) {
            LabelGrammar.annotationKey(key)
                    .ifPresent(problem -> problems.add(problem.under(PropertyPath.of("annotations", key))));
        }
        limits.forEach((resource, amount) -> {
            PropertyPath where = PropertyPath.of("limits", resource);
            problems.collect(where, () -> Quantity.parse(amount));
            if (!RESOURCES.contains(resource) && !resource.contains("/")) {
                problems.add(
                        where,
                        "\"" + resource + "\" is not a resource of nodes",
                        RESOURCES.stream().sorted().toList().toString(),
                        "use cpu or memory");
            }
        });
        weight.filter(one -> one < 1 || one > HEAVIEST)
                .ifPresent(one -> problems.add("weight", String.valueOf(one), "1 to " + HEAVIEST, "use 10"));
        if (replicas.isPresent()) {
            if (weight.isPresent()) {
                problems.add(
                        PropertyPath.of("weight"), "a weight of a pool with replicas", "remove weight or replicas");
            }
            limits.keySet().stream()
                    .filter(resource -> !resource.equals("nodes"))
                    .forEach(resource -> problems.add(
                            PropertyPath.of("limits", resource),
                            "a limit of a pool with replicas",
                            "only nodes",
                            "remove it, or replicas"));
        }
        expireAfterHours
                .filter(hours -> hours < 1 || hours > LONGEST_LIFE)
                .ifPresent(hours -> problems.add(
                        "expireAfterHours",
                        hours + " hours",
                        "1 to " + LONGEST_LIFE + ": nodes of Auto Mode live 21 days at most",
                        "use 336"));
        terminationGracePeriodMinutes
                .filter(minutes -> minutes < 1 || minutes > MINUTES_OF_LIFE)
                .ifPresent(minutes -> problems.add(
                        "terminationGracePeriodMinutes",
                        minutes + " minutes",
                        "1 to " + MINUTES_OF_LIFE + ": nodes of Auto Mode live 21 days at most",
                        "use 1440"));
        problems.throwIfAny();
    }

    private static void checkTypes(List<String> types, List<Architecture> architectures, Problems problems) {
        problems.once(PropertyPath.of("instanceTypes"), types, "instance type");
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            PropertyPath where = PropertyPath.of("instanceTypes").index(i);
            if (!InstanceTypeCheck.isType(type)) {
                problems.add(
                        where, "\"" + type + "\" is not an instance type", "FAMILY.SIZE", "write it like m7g.large");
                continue;
            }
            if (TOO_SMALL.contains(type.substring(type.indexOf('.') + 1))) {
                problems.add(
                        where,
                        type + " is too small for Auto Mode",
                        "types with more than one vCPU, of size medium or larger",
                        "use a larger type, such as m7g.large");
                continue;
            }
            InstanceType.find(type)
                    .flatMap(InstanceType::architecture)
                    .filter(architecture -> !architectures.contains(architecture))
                    .ifPresent(architecture -> problems.add(
                            where,
                            type + " is " + architecture + ", the pool has " + architectures,
                            "add " + architecture + " to architectures, or remove the type"));
        }
    }

    /**
     * Nodes as in the built-in pool {@code general-purpose}.
     *
     * @return the defaults
     */
    @Defaults
    public static NodePoolSpec standard() {
        return new NodePoolSpec(
                AutoModeSpec.DEFAULT_NODE_CLASS,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(Architecture.X86_64),
                List.of(CapacityType.ON_DEMAND),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Disruption.standard());
    }

    /** The {@code spec} of the object. */
    Map<String, Object> body() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (!labels.isEmpty()) {
            metadata.put("labels", new TreeMap<>(labels));
        }
        if (!annotations.isEmpty()) {
            metadata.put("annotations", new TreeMap<>(annotations));
        }
        Map<String, Object> nodes = new LinkedHashMap<>();
        nodes.put("nodeClassRef", ClusterObjects.nodeClassReference(nodeClass));
        nodes.put(
                "requirements",
                allRequirements().stream().map(Requirement::body).toList());
        if (!taints.isEmpty()) {
            nodes.put("taints", taints.stream().map(NodePoolSpec::taint).toList());
        }
        if (!startupTaints.isEmpty()) {
            nodes.put(
                    "startupTaints",
                    startupTaints.stream().map(NodePoolSpec::taint).toList());
        }
        expireAfterHours.ifPresent(hours -> nodes.put("expireAfter", hours + "h"));
        terminationGracePeriodMinutes.ifPresent(minutes -> nodes.put("terminationGracePeriod", minutes + "m"));
        Map<String, Object> template = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            template.put("metadata", metadata);
        }
        template.put("spec", nodes);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("template", template);
        body.put("disruption", disruption.body());
        if (!limits.isEmpty()) {
            body.put("limits", new TreeMap<>(limits));
        }
        weight.ifPresent(one -> body.put("weight", one));
        replicas.ifPresent(count -> body.put("replicas", count));
        return body;
    }

    private List<Requirement> allRequirements() {
        boolean named = !instanceFamilies.isEmpty() || !instanceTypes.isEmpty();
        List<Requirement> all = new ArrayList<>();
        add(
                all,
                "eks.amazonaws.com/instance-category",
                instanceCategories.isEmpty() && !named ? List.of("c", "m", "r") : instanceCategories);
        add(all, "eks.amazonaws.com/instance-family", instanceFamilies);
        newerThanGeneration
                .or(() -> named ? Optional.empty() : Optional.of(DEFAULT_GENERATION))
                .ifPresent(generation -> all.add(new Requirement(
                        "eks.amazonaws.com/instance-generation",
                        Optional.of(Operator.GT),
                        List.of(String.valueOf(generation)),
                        Optional.empty())));
        add(all, "node.kubernetes.io/instance-type", instanceTypes);
        add(
                all,
                "eks.amazonaws.com/instance-cpu",
                instanceCpus.stream().map(String::valueOf).toList());
        add(
                all,
                "kubernetes.io/arch",
                architectures.stream()
                        .map(one -> one == Architecture.ARM64 ? "arm64" : "amd64")
                        .toList());
        add(
                all,
                "karpenter.sh/capacity-type",
                capacityTypes.stream().map(CapacityType::id).toList());
        add(
                all,
                "topology.kubernetes.io/zone",
                zones.stream().map(Zone::toString).toList());
        all.addAll(requirements);
        return all;
    }

    private static void add(List<Requirement> all, String key, List<String> values) {
        if (!values.isEmpty()) {
            all.add(Requirement.of(key).withValues(values));
        }
    }

    private static Map<String, Object> taint(TaintSpec taint) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", taint.key());
        taint.value().ifPresent(value -> body.put("value", value));
        body.put("effect", taint.kubernetesEffect());
        return body;
    }
}
