package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What all classes of volumes have. Kubernetes changes nothing of a class in place but {@code isDefault} and {@code expandable}: use another
 * name. Source: <a href="https://kubernetes.io/docs/concepts/storage/storage-classes/">storage classes</a>.
 *
 * @param isDefault whether claims without a class get volumes of this one; default false
 * @param reclaimPolicy what becomes of a volume whose claim is deleted; default {@code delete}
 * @param bindingMode when a volume is created
 * @param mountOptions options with which volumes are mounted
 * @param parameters parameters of the driver that no other key sets, as in the StorageClass; default none
 */
@RecordBuilder
public record StorageClassSettings(
        @Example("true") boolean isDefault,

        @Example("retain") ReclaimPolicy reclaimPolicy,

        @Example("immediate") BindingMode bindingMode,

        @Example("[noatime]") @Limit(unique = true, pattern = StorageClassSettings.MOUNT_OPTION)
        List<String> mountOptions,

        @Example("{blockSize: \"4096\"}") Map<String, String> parameters)
        implements StorageClassSettingsBuilder.With {

    private static final String MOUNT_OPTION = "^[^\\s,]+$";
    private static final Pattern OPTION = Pattern.compile(MOUNT_OPTION);

    /** What becomes of a volume whose claim is deleted. */
    public enum ReclaimPolicy {
        /** It is deleted with its data. */
        DELETE,
        /** It stays. */
        RETAIN
    }

    /** When a volume is created. */
    public enum BindingMode {
        /** When the first pod that uses the claim is scheduled: in the zone of its node. */
        WAIT_FOR_FIRST_CONSUMER,
        /** With the claim. */
        IMMEDIATE
    }

    /** Checks mount options. */
    public StorageClassSettings {
        mountOptions = Components.list("mountOptions", mountOptions);
        parameters = Components.map("parameters", parameters);
        Problems problems = new Problems();
        PropertyPath options = PropertyPath.of("mountOptions");
        problems.once(options, mountOptions, "option");
        for (int i = 0; i < mountOptions.size(); i++) {
            problems.match(
                    options.index(i),
                    mountOptions.get(i),
                    OPTION,
                    "a mount option",
                    "text without spaces and commas",
                    "write each option as an item of its own");
        }
        problems.throwIfAny();
    }

    /**
     * Volumes that are deleted with their claims.
     *
     * @param bindingMode when they are created
     * @return the settings
     */
    static StorageClassSettings of(BindingMode bindingMode) {
        return new StorageClassSettings(false, ReclaimPolicy.DELETE, bindingMode, List.of(), Map.of());
    }

    /** Reports parameters that a property sets. */
    void checkParameters(Collection<String> typed, Problems problems) {
        parameters.keySet().stream()
                .filter(name -> typed.stream().anyMatch(one -> one.equalsIgnoreCase(name)))
                .forEach(name -> problems.add(
                        PropertyPath.of("parameters", name),
                        "a parameter that a property of the class sets",
                        "parameters other than " + String.join(", ", typed),
                        "use the property"));
    }

    /** With a mount option, where a property asks for it. */
    StorageClassSettings withOption(String option, boolean wanted) {
        if (!wanted || mountOptions.contains(option)) {
            return this;
        }
        List<String> options = new ArrayList<>(mountOptions);
        options.add(option);
        return withMountOptions(options);
    }

    /** The fields of the object, with the parameters that properties set. */
    Map<String, Object> fields(String provisioner, Map<String, Object> typed) {
        Map<String, Object> all = new TreeMap<>(typed);
        all.putAll(parameters);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("provisioner", provisioner);
        fields.put("parameters", all);
        fields.put("reclaimPolicy", reclaimPolicy == ReclaimPolicy.DELETE ? "Delete" : "Retain");
        fields.put("volumeBindingMode", bindingMode == BindingMode.IMMEDIATE ? "Immediate" : "WaitForFirstConsumer");
        if (!mountOptions.isEmpty()) {
            fields.put("mountOptions", mountOptions);
        }
        return fields;
    }
}
