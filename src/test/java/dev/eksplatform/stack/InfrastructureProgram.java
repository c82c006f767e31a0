package dev.eksplatform.stack;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.ResolvedEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Synthesizes the infrastructure of every shipped environment: a program that needs the bindings of no provider but AWS. */
final class InfrastructureProgram {

    private InfrastructureProgram() {}

    /** The argument is the output folder, which gets a folder for each environment: stacks of one app agree on versions of providers. */
    public static void main(String[] arguments) throws IOException {
        Path output = Files.createDirectories(Path.of(arguments[0]));
        for (Path file : EnvironmentGoldenTest.environments()) {
            ResolvedEnvironment environment = Environment.read(file).resolved();
            String name = environment.spec().environment();
            App app = new App(AppConfig.builder()
                    .outdir(output.resolve(name).toString())
                    .stackTraces(false)
                    .build());
            new InfrastructureStack(app, name + EnvironmentStacks.INFRASTRUCTURE, environment, new Origins());
            Synthesis.write(app);
        }
    }
}
