package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.SecretKeys;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * The key-value store of Consul, with a key for each stack. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/consul">backend consul</a>.
 *
 * @param prefix the beginning of the keys; default the name of the environment
 * @param address the host and port of the agent; default that of {@code CONSUL_HTTP_ADDR}, or the local agent
 * @param scheme {@code http} or {@code https}; default {@code http}
 * @param datacenter the data center; default that of the agent
 * @param gzip whether states are compressed; default false
 * @param lock whether states are locked; default true
 * @param caFile a file with the certificate authority of the agent; default those of the machine
 * @param certFile a file with the certificate of the client; default none
 * @param keyFile a file with the private key of the client; default none
 */
@YamlForm(key = "consul")
@SecretKeys({"accessToken=CONSUL_HTTP_TOKEN", "httpAuth=CONSUL_HTTP_AUTH"})
@RecordBuilder
public record ConsulState(
        @Example("platforms/shop") @Limit(pattern = StateText.PREFIX)
        Optional<String> prefix,

        @Example("consul.example.com:8501") @Limit(pattern = StateText.TEXT)
        Optional<String> address,

        @Example("https") @Limit(pattern = ConsulState.SCHEME)
        Optional<String> scheme,

        @Example("eu") @Limit(pattern = StateText.TEXT) Optional<String> datacenter,
        @Example("true") Optional<Boolean> gzip,
        @Example("false") Optional<Boolean> lock,

        @Example("/etc/consul/ca.pem") @Limit(pattern = StateText.TEXT)
        Optional<String> caFile,

        @Example("/etc/consul/client.pem") @Limit(pattern = StateText.TEXT)
        Optional<String> certFile,

        @Example("/etc/consul/client.key") @Limit(pattern = StateText.TEXT)
        Optional<String> keyFile)
        implements StateSpec, ConsulStateBuilder.With {

    private static final String SCHEME = "^https?$";

    /** Checks names and paths; what they name is not looked up. */
    public ConsulState {
        Problems problems = new Problems();
        StateText.match("prefix", prefix, StateText.PREFIX, "write it like platforms/shop", problems);
        StateText.match("address", address, StateText.TEXT, "write it like consul.example.com:8501", problems);
        StateText.match("scheme", scheme, SCHEME, "write it like https", problems);
        StateText.match("datacenter", datacenter, StateText.TEXT, "write it like eu", problems);
        StateText.match("caFile", caFile, StateText.TEXT, "write it like /etc/consul/ca.pem", problems);
        StateText.match("certFile", certFile, StateText.TEXT, "write it like /etc/consul/client.pem", problems);
        StateText.match("keyFile", keyFile, StateText.TEXT, "write it like /etc/consul/client.key", problems);
        problems.throwIfAny();
    }

    /**
     * The backend with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ConsulState standard() {
        return new ConsulState(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
