package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of a repository that Flux applies: a GitRepository or OCIRepository, and a Kustomization, of one name. Source: <a
 * href="https://fluxcd.io/flux/components/kustomize/kustomizations/">Kustomization</a>.
 *
 * @param repository the address of the repository: {@code https://}, {@code ssh://} or {@code oci://}
 * @param path the folder in it
 * @param branch the branch; default {@code main}, unless there is a tag or range
 * @param tag a tag; default none
 * @param semver a range of versions, of which it takes the newest tag; default none
 * @param interval how often it compares repository and cluster
 * @param prune whether objects that are no longer in the repository are deleted, and all with the kustomization
 * @param waitForReady whether it is ready only when its objects are
 * @param namespace the namespace of all its objects; default that of each
 * @param dependsOn other kustomizations that must be ready before it; default none
 * @param username the user of the password; default {@code git}
 * @param password a password or token for HTTPS
 * @param sshPrivateKey a private key for SSH
 * @param knownHosts the keys of the SSH server, as {@code ssh-keyscan} prints them; default none
 * @param secretName a Secret in {@code flux-system} that has the account; default none
 */
@RecordBuilder
public record FluxKustomization(
        @Example("https://git.example.com/shop/platform.git") @Limit(pattern = FluxKustomization.ADDRESS)
        String repository,

        @Example("clusters/shop") @Limit(pattern = ArgoCdApplication.PATH)
        String path,

        @Example("main") @Limit(pattern = ArgoCdApplication.WORD)
        Optional<String> branch,

        @Example("v1.8.2") @Limit(pattern = ArgoCdApplication.WORD)
        Optional<String> tag,

        @Example("1.x") Optional<String> semver,

        @Example("10m") @Limit(pattern = FluxKustomization.DURATION)
        String interval,

        @Example("true") boolean prune,

        @Example("false") boolean waitForReady,

        @Example("shop") @Limit(pattern = DnsName.LABEL_PATTERN)
        Optional<String> namespace,

        @Example("[platform]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
        List<String> dependsOn,

        @Example("shop") @Limit(pattern = RepositoryCredentials.TEXT)
        String username,

        @Example("{secretsManager: shop/git, key: token}") SensitiveValue password,

        @Example("{ssmParameter: /shop/git-key}") SensitiveValue sshPrivateKey,

        @Example("git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl")
        Optional<String> knownHosts,

        @Example("git-account") @Limit(pattern = DnsName.LABEL_PATTERN)
        Optional<String> secretName)
        implements FluxKustomizationBuilder.With {

    static final String ADDRESS = "^(https?|ssh|oci)://[^\\s/]+/\\S+$";
    static final String DURATION = "^([0-9]+(h|m|s))+$";
    private static final Pattern ADDRESS_FORM = Pattern.compile(ADDRESS);
    private static final Pattern DURATION_FORM = Pattern.compile(DURATION);
    private static final Pattern PATH_FORM = Pattern.compile(ArgoCdApplication.PATH);
    private static final Pattern ECR = Pattern.compile("^oci://[0-9]{12}\\.dkr\\.ecr\\..*");
    private static final String SOURCE = "source.toolkit.fluxcd.io/v1";

    /** Checks address, revision and account. */
    public FluxKustomization {
        Components.required(
                "repository",
                repository,
                "path",
                path,
                "interval",
                interval,
                "username",
                username,
                "password",
                password,
                "sshPrivateKey",
                sshPrivateKey);
        dependsOn = Components.list("dependsOn", dependsOn);
        Problems problems = new Problems();
        if (repository.startsWith("oci:")) {
            problems.match("repository", repository, ADDRESS_FORM, "an address", "oci://HOST/PATH", "correct it");
        } else {
            GitAddress.check("repository", repository, problems);
            if (problems.isEmpty() && !ADDRESS_FORM.matcher(repository).matches()) {
                problems.add(
                        "repository",
                        "\"" + repository + "\": Flux reads addresses that are URLs",
                        "https://HOST/PATH, ssh://HOST/PATH or oci://HOST/PATH",
                        "use ssh://" + repository.replaceFirst(":", "/"));
            }
        }
        problems.match(
                "path",
                path,
                PATH_FORM,
                "a folder of a repository",
                "a path without / at its start and without ..",
                "write it like clusters/shop, or . for the whole repository");
        problems.match("interval", interval, DURATION_FORM, "a duration", "hours, minutes and seconds", "use 10m");
        List<String> revisions = Stream.of(
                        branch.map(one -> "branch"), tag.map(one -> "tag"), semver.map(one -> "semver"))
                .flatMap(Optional::stream)
                .toList();
        if (revisions.size() > 1) {
            problems.add(revisions.get(1), String.join(" and ", revisions), "one of them", "remove the others");
        }
        if (branch.isPresent() && repository.startsWith("oci:")) {
            problems.add(
                    PropertyPath.of("branch"), "a branch of an OCI repository, which has tags", "use tag or semver");
        }
        checkAccount(repository, password, sshPrivateKey, knownHosts, secretName, problems);
        problems.throwIfAny();
    }

    private static void checkAccount(
            String repository,
            SensitiveValue password,
            SensitiveValue key,
            Optional<String> knownHosts,
            Optional<String> secretName,
            Problems problems) {
        List<String> accounts = Stream.of(
                        secretName.map(one -> "secretName"),
                        password.isNone() ? Optional.<String>empty() : Optional.of("password"),
                        key.isNone() ? Optional.<String>empty() : Optional.of("sshPrivateKey"))
                .flatMap(Optional::stream)
                .toList();
        if (accounts.size() > 1) {
            problems.add(accounts.get(1), String.join(" and ", accounts), "one of them", "remove the others");
        }
        if (!password.isNone() && !repository.startsWith("http")) {
            problems.add(
                    PropertyPath.of("password"),
                    "a password with an address that is not for HTTPS",
                    repository.startsWith("oci:")
                            ? "use secretName, or ecrRepositories for Amazon ECR"
                            : "use sshPrivateKey");
        }
        if (!key.isNone() && !repository.startsWith("ssh:")) {
            problems.add(
                    PropertyPath.of("sshPrivateKey"), "a key for SSH with another address", "use an ssh:// address");
        }
        if (key.isNone() == knownHosts.isPresent()) {
            problems.add(
                    PropertyPath.of(key.isNone() ? "knownHosts" : "sshPrivateKey"),
                    key.isNone() ? "keys of a server without sshPrivateKey" : "a key for SSH without knownHosts",
                    key.isNone()
                            ? "remove it"
                            : "add knownHosts with the output of ssh-keyscan HOST, after comparing it");
        }
    }

    /**
     * A folder of the branch main, compared every ten minutes.
     *
     * @param repository the address of the repository
     * @param path the folder in it
     * @return the kustomization
     */
    @Defaults
    public static FluxKustomization of(String repository, String path) {
        return new FluxKustomization(
                repository,
                path,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "10m",
                true,
                true,
                Optional.empty(),
                List.of(),
                "git",
                SensitiveValue.none(),
                SensitiveValue.none(),
                Optional.empty(),
                Optional.empty());
    }

    boolean isInEcr() {
        return ECR.matcher(repository).matches();
    }

    boolean hasSecret() {
        return !password.isNone() || !sshPrivateKey.isNone();
    }

    String secretKey() {
        return password.isNone() ? "identity" : "password";
    }

    SensitiveValue secret() {
        return password.isNone() ? sshPrivateKey : password;
    }

    /** The Secret without the value that is neither in this file nor in the state. */
    Map<String, Object> secretObject(String name, String inNamespace) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", accountOf(name));
        metadata.put("namespace", inNamespace);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "v1");
        object.put("kind", "Secret");
        object.put("metadata", metadata);
        object.put("type", "Opaque");
        object.put(
                "stringData",
                password.isNone() ? Map.of("known_hosts", knownHosts.orElseThrow()) : Map.of("username", username));
        return object;
    }

    private static String accountOf(String name) {
        return name + "-git";
    }

    /** The source and the Kustomization. */
    List<Map<String, Object>> bodies(String name, String inNamespace) {
        boolean oci = repository.startsWith("oci:");
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("interval", interval);
        source.put("url", repository);
        Map<String, Object> revision = new LinkedHashMap<>();
        tag.ifPresent(one -> revision.put("tag", one));
        semver.ifPresent(one -> revision.put("semver", one));
        if (revision.isEmpty()) {
            revision.put(oci ? "tag" : "branch", oci ? "latest" : branch.orElse("main"));
        }
        source.put("ref", revision);
        if (isInEcr()) {
            source.put("provider", "aws");
        }
        secretName
                .or(() -> hasSecret() ? Optional.of(accountOf(name)) : Optional.empty())
                .ifPresent(secret -> source.put("secretRef", Map.of("name", secret)));
        String kind = oci ? "OCIRepository" : "GitRepository";
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("kind", kind);
        reference.put("name", name);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("interval", interval);
        spec.put("path", path.equals(".") ? "./" : "./" + path);
        spec.put("prune", prune);
        if (prune) {
            // Objects of others among them need a controller to be deleted: it must not be removed before they are.
            spec.put("deletionPolicy", "WaitForTermination");
        }
        spec.put("wait", waitForReady);
        spec.put("sourceRef", reference);
        namespace.ifPresent(target -> spec.put("targetNamespace", target));
        if (!dependsOn.isEmpty()) {
            spec.put(
                    "dependsOn",
                    dependsOn.stream().map(other -> Map.of("name", other)).toList());
        }
        return List.of(
                CustomResource.of(SOURCE, kind, inNamespace, name, source),
                CustomResource.of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", inNamespace, name, spec));
    }
}
