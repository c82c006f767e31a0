package dev.eksplatform.construct;

import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRoleConfig;
import dev.eksplatform.iam.document.PolicyDocument;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import software.constructs.Construct;

/** IAM roles of the platform. All of them are created here, because what is set for every role of a stack is added here. */
@API(status = API.Status.INTERNAL)
public final class Roles {

    private Roles() {}

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
    public static IamRole create(
            Construct scope, String id, String name, PolicyDocument trust, UnaryOperator<IamRoleConfig.Builder> more) {
        return new IamRole(
                scope,
                id,
                more.apply(IamRoleConfig.builder().name(name).assumeRolePolicy(trust.toTerraformJson()))
                        .build());
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
    public static IamRole create(Construct scope, String id, String name, PolicyDocument trust) {
        return create(scope, id, name, trust, config -> config);
    }
}
