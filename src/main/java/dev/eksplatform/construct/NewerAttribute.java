package dev.eksplatform.construct;

import com.hashicorp.cdktf.TerraformResource;
import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.internal.release.ProviderVersion;
import org.apiguardian.api.API;

/**
 * An attribute that came after the version of the bindings. The range of versions in the configuration begins with the first
 * one that has it.
 */
@API(status = API.Status.INTERNAL)
public final class NewerAttribute {

    private NewerAttribute() {}

    /**
     * Sets an attribute.
     *
     * @param resource the resource
     * @param path names of blocks and the attribute, joined by dots
     * @param value its value
     * @throws IllegalStateException when the bindings have it, or the table of attributes does not
     */
    public static void set(TerraformResource resource, String path, Object value) {
        String type = resource.getTerraformResourceType();
        ProviderReleases releases = ProviderReleases.get();
        ProviderVersion ofBindings = releases.provider(type.split("_", 2)[0])
                .map(ProviderReleases.Provider::ofBindings)
                .orElseThrow();
        boolean newer = releases.lifetime(type, path)
                .filter(lifetime -> lifetime.version().compareTo(ofBindings) > 0)
                .isPresent();
        if (!newer) {
            throw new IllegalStateException(
                    type + "." + path + " is not an attribute that came after the bindings (" + ofBindings + ")");
        }
        resource.addOverride(path, value);
    }
}
