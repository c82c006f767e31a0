package dev.eksplatform.stack;

import com.hashicorp.cdktf.CloudBackend;
import com.hashicorp.cdktf.CloudBackendConfig;
import com.hashicorp.cdktf.LocalBackend;
import com.hashicorp.cdktf.LocalBackendConfig;
import com.hashicorp.cdktf.NamedCloudWorkspace;
import com.hashicorp.cdktf.TerraformBackend;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.environment.BackendArguments;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.OciState;
import dev.eksplatform.environment.StateSpec;
import dev.eksplatform.internal.json.TerraformText;
import java.util.Optional;

/** Where a stack keeps its state. */
final class StateBackend {

    /** {@code use_lockfile} is stable since this version. */
    private static final String TERRAFORM_WITH_WRITE_ONLY_ARGUMENTS = "1.11";

    private static final String TERRAFORM_WITH_LOCK_FILE = "1.10";

    private static final String TERRAFORM_WITH_OCI = "1.12";

    private StateBackend() {}

    /** Gives a stack without a backend the one that CDKTF would give it, by a path that does not depend on the machine. */
    static void configureLocal(TerraformStack stack) {
        boolean configured =
                stack.getNode().getChildren().stream().anyMatch(child -> child instanceof TerraformBackend);
        if (!configured) {
            local(stack, stack.getNode().getId());
        }
    }

    /** Relative to {@code cdktf.out/stacks/<stack>}, where Terraform runs: CDKTF's own default is an absolute path. */
    private static void local(TerraformStack stack, String stackName) {
        new LocalBackend(
                stack,
                LocalBackendConfig.builder()
                        .path("../../../terraform." + stackName + ".tfstate")
                        .build());
    }

    static void configure(TerraformStack stack, EnvironmentSpec spec, String stackName) {
        if (spec.state() instanceof StateSpec.Local) {
            local(stack, stackName);
        } else if (spec.state() instanceof StateSpec.Cloud cloud) {
            CloudBackendConfig.Builder config = CloudBackendConfig.builder()
                    .organization(TerraformText.escape(cloud.organization()))
                    .workspaces(new NamedCloudWorkspace(stackName));
            cloud.hostname().ifPresent(config::hostname);
            new CloudBackend(stack, config.build());
            cloud.project()
                    .map(TerraformText::escape)
                    .ifPresent(project -> stack.addOverride("terraform.cloud.workspaces.project", project));
        } else {
            new NamedBackend(
                    stack,
                    BackendArguments.type(spec.state()),
                    TerraformText.escape(BackendArguments.of(spec, stackName)));
            requiredVersion(spec.state())
                    .ifPresent(version -> stack.addOverride("terraform.required_version", ">= " + version));
        }
    }

    /** For arguments that Terraform sends to a provider and keeps nowhere. */
    static void requireWriteOnlyArguments(TerraformStack stack, StateSpec state) {
        if (!(state instanceof OciState)) {
            stack.addOverride("terraform.required_version", ">= " + TERRAFORM_WITH_WRITE_ONLY_ARGUMENTS);
        }
    }

    private static Optional<String> requiredVersion(StateSpec state) {
        if (state instanceof OciState) {
            return Optional.of(TERRAFORM_WITH_OCI);
        }
        return state instanceof StateSpec.S3 s3 && s3.useLockfile()
                ? Optional.of(TERRAFORM_WITH_LOCK_FILE)
                : Optional.empty();
    }
}
