package dev.eksplatform.workload;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.kubernetes.config_map_v1.ConfigMapV1;
import com.hashicorp.cdktf.providers.kubernetes.config_map_v1.ConfigMapV1Config;
import com.hashicorp.cdktf.providers.kubernetes.config_map_v1.ConfigMapV1Metadata;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/** A ConfigMap, whose data may hold Terraform references. */
public final class ConfigMap extends PlatformConstruct {

    private final ConfigMapV1 resource;

    /**
     * Creates a ConfigMap.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param namespace its namespace
     * @param name its name
     * @param data its data
     * @param after what must be in place before it, such as its namespace
     */
    public ConfigMap(
            Construct scope,
            String id,
            String namespace,
            String name,
            Map<String, String> data,
            List<? extends ITerraformDependable> after) {
        super(scope, id);
        resource = new ConfigMapV1(
                this,
                "config-map",
                ConfigMapV1Config.builder()
                        .metadata(ConfigMapV1Metadata.builder()
                                .namespace(namespace)
                                .name(name)
                                .build())
                        .data(TerraformText.escapeTexts(data))
                        .dependsOn(after)
                        .build());
    }

    /**
     * The resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public ConfigMapV1 resource() {
        return resource;
    }
}
