package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * GPUs that several pods share in turns, without limits of memory. Source: <a
 * href="https://github.com/NVIDIA/k8s-device-plugin#with-cuda-time-slicing">time-slicing</a>.
 */
final class TimeSlicing {

    /** The name of the configuration in the values of charts. */
    static final String CONFIGURATION = "default";

    private TimeSlicing() {}

    static void check(Optional<Integer> pods, Problems problems) {
        pods.filter(count -> count < 2)
                .ifPresent(count -> problems.add(
                        "timeSlicing", count + " pods on each GPU", "2 or more", "remove it: each GPU is for one pod"));
    }

    /** The configuration of the device plugin, in JSON, which is YAML too. */
    static String configuration(int pods) {
        Map<String, Object> resource = new TreeMap<>(Map.of("name", "nvidia.com/gpu", "replicas", pods));
        return Json.compact(new TreeMap<>(
                Map.of("version", "v1", "sharing", Map.of("timeSlicing", Map.of("resources", List.of(resource))))));
    }
}
