package dev.eksplatform.testing;

import dev.eksplatform.internal.plan.Resource;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.SynthesizedStack;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a synthesized stack; see {@link StackAssertions}. */
public final class SynthesizedStackAssert extends AbstractAssert<SynthesizedStackAssert, Object> {

    private final SynthesizedStack synthesized;

    SynthesizedStackAssert(SynthesizedStack stack) {
        super(stack, SynthesizedStackAssert.class);
        this.synthesized = stack;
    }

    /**
     * The stack has a resource of a type.
     *
     * @param type the type, such as {@code aws_vpc}
     * @return assertions that at least one of these resources must meet, all of them together
     */
    public ResourceAssert hasResource(String type) {
        return found(ResourceMode.MANAGED, type, false);
    }

    /**
     * The stack has resources of a type.
     *
     * @param type the type, such as {@code aws_subnet}
     * @return assertions that each of these resources must meet
     */
    public ResourceAssert allResources(String type) {
        return found(ResourceMode.MANAGED, type, true);
    }

    /**
     * The stack has a data source of a type.
     *
     * @param type the type, such as {@code aws_eks_cluster}
     * @return assertions that at least one of these data sources must meet, all of them together
     */
    public ResourceAssert hasDataSource(String type) {
        return found(ResourceMode.DATA, type, false);
    }

    /**
     * The stack has just so many resources of a type.
     *
     * @param type the type
     * @param count how many
     * @return this
     */
    public SynthesizedStackAssert hasResources(String type, int count) {
        List<Resource> resources = of(ResourceMode.MANAGED, type);
        if (resources.size() != count) {
            failWithMessage(
                    "stack %s has %d resources of type %s instead of %d: %s",
                    synthesized.name(),
                    resources.size(),
                    type,
                    count,
                    resources.stream().map(Resource::address).toList());
        }
        return this;
    }

    /**
     * The stack has no resource of a type.
     *
     * @param type the type
     * @return this
     */
    public SynthesizedStackAssert hasNoResource(String type) {
        return hasResources(type, 0);
    }

    private ResourceAssert found(ResourceMode mode, String type, boolean each) {
        List<Resource> resources = of(mode, type);
        if (resources.isEmpty()) {
            failWithMessage(
                    "stack %s has no %s of type %s; it has %s",
                    synthesized.name(),
                    mode == ResourceMode.MANAGED ? "resource" : "data source",
                    type,
                    synthesized.resources().stream()
                            .filter(resource -> resource.mode() == mode)
                            .map(Resource::type)
                            .distinct()
                            .sorted()
                            .toList());
        }
        return new ResourceAssert(this, type, resources, each);
    }

    private List<Resource> of(ResourceMode mode, String type) {
        return synthesized.resources().stream()
                .filter(resource -> resource.mode() == mode && resource.type().equals(type))
                .toList();
    }
}
