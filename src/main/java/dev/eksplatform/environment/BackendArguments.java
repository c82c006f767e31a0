package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.YamlForm;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The backend of Terraform that keeps the state of a stack: what a spec says, and a place for each stack. */
@API(status = API.Status.INTERNAL)
public final class BackendArguments {

    private BackendArguments() {}

    /**
     * The name of the backend.
     *
     * @param state the spec
     * @return such as {@code s3}; empty for local files
     */
    public static String type(StateSpec state) {
        return state.getClass().getAnnotation(YamlForm.class).key();
    }

    /**
     * The arguments of the backend.
     *
     * @param environment the environment
     * @param stack the name of a stack of it
     * @return arguments by their names in Terraform
     */
    public static Map<String, Object> of(EnvironmentSpec environment, String stack) {
        StateSpec state = environment.state();
        Map<String, Object> arguments = of((Record) state);
        Optional<String> prefix = Optional.ofNullable((String) arguments.remove("prefix"));
        String folder = prefix.orElse(environment.environment());
        String file = stack + ".tfstate";
        if (state instanceof StateSpec.S3 s3) {
            arguments.put("key", folder + "/" + file);
            arguments.put("region", s3.region().orElse(environment.region()));
            arguments.remove("assume_role");
            s3.profile(environment).ifPresent(profile -> arguments.put("profile", profile));
            s3.role(environment).ifPresent(role -> arguments.put("assume_role", role.arguments()));
        } else if (state instanceof HttpState http) {
            String address = http.address() + "/" + stack;
            arguments.put("address", address);
            Object lockPath = arguments.remove("lock_path");
            if (lockPath != null) {
                arguments.put("lock_address", address + "/" + lockPath);
                arguments.put("unlock_address", address + "/" + lockPath);
            }
        } else if (state instanceof GcsState) {
            arguments.put("prefix", folder + "/" + stack);
        } else if (state instanceof ConsulState) {
            arguments.put("path", folder + "/" + stack);
        } else if (state instanceof PgState) {
            arguments.put("schema_name", prefix.map(name -> name + "_").orElse("") + stack);
        } else if (state instanceof KubernetesState) {
            arguments.put("secret_suffix", stack);
        } else if (state instanceof OssState || state instanceof CosState) {
            arguments.put("prefix", folder);
            arguments.put("key", file);
        } else {
            arguments.put("key", folder + "/" + file);
        }
        return arguments;
    }

    /** What a record has values for, by the names of its components in Terraform. */
    static Map<String, Object> of(Record spec) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (RecordComponent component : spec.getClass().getRecordComponents()) {
            Object value = value(read(component, spec));
            boolean isNothing = value == null
                    || value instanceof Collection<?> values && values.isEmpty()
                    || value instanceof Map<?, ?> map && map.isEmpty();
            if (!isNothing) {
                arguments.put(argument(component.getName()), value);
            }
        }
        return arguments;
    }

    private static @Nullable Object read(RecordComponent component, Record spec) {
        try {
            return component.getAccessor().invoke(spec);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Optional<?> some) {
            return value(some.orElse(null));
        } else if (value instanceof Record nested && nested.getClass().getDeclaringClass() != null) {
            return of(nested);
        } else if (value instanceof Collection<?> values) {
            return values.stream().map(BackendArguments::value).toList();
        } else if (value == null || value instanceof Map || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        return value.toString();
    }

    /** {@code skipS3Checksum} is {@code skip_s3_checksum}. */
    private static String argument(String component) {
        return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
