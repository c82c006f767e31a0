package dev.eksplatform.workload;

import com.hashicorp.cdktf.providers.kubernetes.namespace_v1.NamespaceV1;
import com.hashicorp.cdktf.providers.kubernetes.namespace_v1.NamespaceV1Config;
import com.hashicorp.cdktf.providers.kubernetes.namespace_v1.NamespaceV1Metadata;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Map;
import software.constructs.Construct;

/** A namespace as a resource of its own, so that destroying removes it: Helm leaves a namespace that it created. */
public final class Namespace extends PlatformConstruct {

    private final NamespaceV1 resource;

    /**
     * Creates a namespace without labels.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param name its id in the scope, and the namespace's name
     */
    public Namespace(Construct scope, String name) {
        this(scope, name, name, Map.of());
    }

    /**
     * Creates a namespace.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param name its name
     * @param labels its labels
     */
    public Namespace(Construct scope, String id, String name, Map<String, String> labels) {
        super(scope, id);
        NamespaceV1Metadata.Builder metadata = NamespaceV1Metadata.builder().name(name);
        if (!labels.isEmpty()) {
            metadata.labels(TerraformText.escapeTexts(labels));
        }
        resource = new NamespaceV1(
                this,
                "namespace",
                NamespaceV1Config.builder().metadata(metadata.build()).build());
    }

    /**
     * The namespace's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public NamespaceV1 resource() {
        return resource;
    }
}
