package dev.eksplatform.stack;

import com.hashicorp.cdktf.TerraformBackend;
import com.hashicorp.cdktf.TerraformRemoteState;
import com.hashicorp.cdktf.TerraformStack;
import java.util.Map;
import software.constructs.Construct;

/** A backend of Terraform by its name: CDKTF has no class for some, and not every argument of the others. */
final class NamedBackend extends TerraformBackend {

    NamedBackend(TerraformStack stack, String name, Map<String, Object> arguments) {
        super(stack, "backend", name);
        arguments.forEach(this::addOverride);
    }

    @Override
    public TerraformRemoteState getRemoteStateDataSource(Construct scope, String name, String fromStack) {
        throw new UnsupportedOperationException("no stack reads the state of another one");
    }
}
