package dev.eksplatform.construct;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRoleConfig;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import software.constructs.Construct;

/**
 * IAM roles of the platform. All of them are created here, because what is set for every role of a stack is added here.
 *
 * <pre>{@code
 * Roles.declare(stack, RoleSettings.standard().withPath(Optional.of("/platform/")));
 * }</pre>
 */
public final class Roles {

    private static final Map<TerraformStack, RoleSettings> BY_STACK = new WeakHashMap<>();

    private Roles() {}

    /**
     * Declares what all roles of a stack have in common, before anything in the stack creates one.
     *
     * @param stack the stack
     * @param settings path, permissions boundary, duration of sessions and tags
     * @throws IllegalStateException when it was declared or a role was created already
     */
    public static synchronized void declare(TerraformStack stack, RoleSettings settings) {
        if (BY_STACK.putIfAbsent(stack, settings) != null) {
            throw new IllegalStateException("this stack has roles already: declare their settings first");
        }
    }

    /**
     * What all roles of a stack have in common.
     *
     * @param scope a construct of the stack
     * @return what was declared
     */
    @API(status = API.Status.INTERNAL)
    public static synchronized RoleSettings settings(Construct scope) {
        return BY_STACK.computeIfAbsent(TerraformStack.of(scope), stack -> RoleSettings.standard());
    }

    /**
     * Creates a role.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param name its name
     * @param trust who may assume it
     * @param more adds other arguments
     * @return the resource
     */
    @API(status = API.Status.INTERNAL)
    public static IamRole create(
            Construct scope, String id, String name, PolicyDocument trust, UnaryOperator<IamRoleConfig.Builder> more) {
        return create(scope, id, name, trust, RoleSettings.standard(), more);
    }

    /**
     * Creates a role with settings of its own.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param name its name
     * @param trust who may assume it
     * @param own what differs from other roles of the stack
     * @param more adds other arguments
     * @return the resource
     */
    @API(status = API.Status.INTERNAL)
    public static IamRole create(
            Construct scope,
            String id,
            String name,
            PolicyDocument trust,
            RoleSettings own,
            UnaryOperator<IamRoleConfig.Builder> more) {
        RoleSettings settings = own.over(settings(scope));
        IamRoleConfig.Builder config = IamRoleConfig.builder().name(name).assumeRolePolicy(trust.toTerraformJson());
        settings.path().ifPresent(config::path);
        settings.permissionsBoundary()
                .map(policy -> policy.arn(Account.of(scope).partition()))
                .ifPresent(config::permissionsBoundary);
        settings.maxSessionSeconds().ifPresent(config::maxSessionDuration);
        if (!settings.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(settings.tags()));
        }
        return new IamRole(scope, id, more.apply(config).build());
    }

    /**
     * Creates a role that has a name and a trust policy only.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param name its name
     * @param trust who may assume it
     * @return the resource
     */
    @API(status = API.Status.INTERNAL)
    public static IamRole create(Construct scope, String id, String name, PolicyDocument trust) {
        return create(scope, id, name, trust, config -> config);
    }
}
