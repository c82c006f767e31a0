package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.SecretKeys;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * A server that keeps states by HTTP, such as GitLab. The name of the stack is added to the address. Source:
 * <a href="https://developer.hashicorp.com/terraform/language/backend/http">backend http</a>.
 *
 * @param address the beginning of the addresses, without the name of the stack
 * @param lockPath what is added to the address of a state for its lock, such as {@code lock} for GitLab; default none:
 *     the state is not locked
 * @param updateMethod the HTTP method that writes a state; default {@code POST}
 * @param lockMethod the HTTP method that locks; default {@code LOCK}
 * @param unlockMethod the HTTP method that unlocks; default {@code UNLOCK}
 * @param username the user of basic authentication; default none
 * @param skipCertVerification whether the certificate of the server is not verified; default false
 * @param retryMax how often a request is repeated; default 2
 * @param retryWaitMin the shortest time between requests, in seconds; default 1
 * @param retryWaitMax the longest time between requests, in seconds; default 30
 * @param clientCaCertificatePem the certificate authority of the server, in PEM; default those of the machine
 * @param clientCertificatePem the certificate of the client, in PEM; default none
 */
@YamlForm(key = "http")
@SecretKeys({"password=TF_HTTP_PASSWORD", "clientPrivateKeyPem=TF_HTTP_CLIENT_PRIVATE_KEY_PEM"})
@RecordBuilder
public record HttpState(
        @Example("https://gitlab.example.com/api/v4/projects/42/terraform/state") @Limit(pattern = HttpState.ADDRESS)
        String address,

        @Example("lock") @Limit(pattern = HttpState.LOCK_PATH)
        Optional<String> lockPath,

        @Example("PUT") @Limit(pattern = StateText.METHOD) Optional<String> updateMethod,
        @Example("POST") @Limit(pattern = StateText.METHOD) Optional<String> lockMethod,

        @Example("DELETE") @Limit(pattern = StateText.METHOD)
        Optional<String> unlockMethod,

        @Example("ci") @Limit(pattern = StateText.TEXT) Optional<String> username,
        @Example("false") Optional<Boolean> skipCertVerification,
        @Example("5") @Limit(min = 0, max = 100) Optional<Integer> retryMax,
        @Example("5") @Limit(min = 0, max = 3600) Optional<Integer> retryWaitMin,
        @Example("30") @Limit(min = 0, max = 3600) Optional<Integer> retryWaitMax,

        @Example("\"-----BEGIN CERTIFICATE-----\"") @Limit(pattern = StateText.PEM)
        Optional<String> clientCaCertificatePem,

        @Example("\"-----BEGIN CERTIFICATE-----\"") @Limit(pattern = StateText.PEM)
        Optional<String> clientCertificatePem)
        implements StateSpec, HttpStateBuilder.With {

    private static final String ADDRESS = StateText.URL;
    private static final String LOCK_PATH = "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$";

    /** Checks names and paths; what they name is not looked up. */
    public HttpState {
        Components.required("address", address);
        Problems problems = new Problems();
        StateText.match(
                "address",
                address,
                ADDRESS,
                "an address",
                "a URL without a / at its end, user and query",
                "write it like https://gitlab.example.com/api/v4/projects/42/terraform/state",
                problems);
        StateText.match("lockPath", lockPath, LOCK_PATH, "write it like lock", problems);
        StateText.match("updateMethod", updateMethod, StateText.METHOD, "write it like PUT", problems);
        StateText.match("lockMethod", lockMethod, StateText.METHOD, "write it like POST", problems);
        StateText.match("unlockMethod", unlockMethod, StateText.METHOD, "write it like DELETE", problems);
        StateText.match("username", username, StateText.TEXT, "write it like ci", problems);
        retryMax.ifPresent(number -> StateText.number("retryMax", number, 0, 100, problems));
        retryWaitMin.ifPresent(number -> StateText.number("retryWaitMin", number, 0, 3600, problems));
        retryWaitMax.ifPresent(number -> StateText.number("retryWaitMax", number, 0, 3600, problems));
        StateText.match(
                "clientCaCertificatePem",
                clientCaCertificatePem,
                StateText.PEM,
                "write it like -----BEGIN CERTIFICATE-----",
                problems);
        StateText.match(
                "clientCertificatePem",
                clientCertificatePem,
                StateText.PEM,
                "write it like -----BEGIN CERTIFICATE-----",
                problems);
        problems.throwIfAny();
    }

    /**
     * The backend with its defaults.
     *
     * @param address the beginning of the addresses, without the name of the stack
     * @return the spec
     */
    @Defaults
    public static HttpState of(String address) {
        return new HttpState(
                address,
                Optional.empty(),
                Optional.empty(),
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
