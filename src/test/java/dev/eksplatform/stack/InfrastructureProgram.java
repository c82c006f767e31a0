package dev.eksplatform.stack;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.ResolvedEnvironment;
import java.io.IOException;
import java.nio.file.Path;

/** Synthesizes the infrastructure of every shipped environment: a program that needs the bindings of no provider but AWS. */
final class InfrastructureProgram {

    private InfrastructureProgram() {}

    /** The argument is the output folder. */
    public static void main(String[] arguments) throws IOException {
        App app = new App(
                AppConfig.builder().outdir(arguments[0]).stackTraces(false).build());
        for (Path file : EnvironmentGoldenTest.environments()) {
            ResolvedEnvironment environment = Environment.read(file).resolved();
            String name = environment.spec().environment() + EnvironmentStacks.INFRASTRUCTURE;
            new InfrastructureStack(app, name, environment, new Origins());
        }
        Synthesis.write(app);
    }
}
