package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.problem.Problem;
import org.apiguardian.api.API;

/** Where an environment's file speaks of an add-on. */
@API(status = API.Status.INTERNAL)
public final class AddonProperty {

    private AddonProperty() {}

    /**
     * The property of an add-on: ACK controllers are under {@code ack} by their service, charts of one's own under {@code
     * helm} by their release.
     *
     * @param spec the environment
     * @param addon one of its add-ons
     * @return such as {@code addons.cert-manager} or {@code addons.helm.external-dns}
     */
    public static String of(EnvironmentSpec spec, HelmAddon addon) {
        if (spec.addons().helm().containsKey(addon.name())) {
            return Problem.property("addons.helm", addon.name());
        }
        return spec.addons().ack().keySet().stream()
                .filter(service -> addon.name().equals("ack-" + service + "-controller"))
                .map(service -> "addons.ack." + service)
                .findFirst()
                .orElse("addons." + addon.name());
    }
}
