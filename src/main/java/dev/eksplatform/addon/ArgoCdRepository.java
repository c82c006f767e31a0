package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A private Git repository and how Argo CD logs in to it. Source: <a
 * href="https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories">repositories</a>.
 *
 * @param url the address of the repository, or the beginning of those of several with {@code prefix}
 * @param prefix whether the account is for every repository whose address begins so
 * @param username the user of the password; default {@code git}
 * @param password a password or token for HTTPS
 * @param sshPrivateKey a private key for SSH. The key of the host must be one that Argo CD knows: those of GitHub, GitLab, Bitbucket and Azure
 *     DevOps, and of {@code configs.ssh.extraHosts} in {@code values}
 * @param githubApp a GitHub App
 */
@RecordBuilder
public record ArgoCdRepository(
        @Example("https://git.example.com/shop/") @Limit(pattern = GitAddress.PATTERN)
        String url,

        @Example("true") boolean prefix,

        @Example("shop") @Limit(pattern = RepositoryCredentials.TEXT)
        String username,

        @Example("{secretsManager: shop/git, key: token}") SensitiveValue password,

        @Example("{ssmParameter: /shop/git-key}") SensitiveValue sshPrivateKey,

        @Example("{id: \"123456\", installationId: \"7890123\", privateKey: {secretsManager: shop/github-app}}")
        Optional<GithubApp> githubApp)
        implements ArgoCdRepositoryBuilder.With {

    /**
     * A GitHub App.
     *
     * @param id the ID of the app
     * @param installationId the ID of its installation in an organization
     * @param privateKey its private key
     */
    @RecordBuilder
    public record GithubApp(
            @Example("\"123456\"") @Limit(pattern = GithubApp.DIGITS)
            String id,

            @Example("\"7890123\"") @Limit(pattern = GithubApp.DIGITS)
            String installationId,

            @Example("{secretsManager: shop/github-app}") SensitiveValue privateKey)
            implements ArgoCdRepositoryGithubAppBuilder.With {

        private static final String DIGITS = "^[0-9]{1,20}$";

        /** Checks the numbers, and that there is a key. */
        public GithubApp {
            Components.required("id", id, "installationId", installationId, "privateKey", privateKey);
            Problems problems = new Problems();
            checkNumber("id", id, problems);
            checkNumber("installationId", installationId, problems);
            if (privateKey.isNone()) {
                problems.add(
                        "privateKey",
                        "no source of the value",
                        "variable, secretsManager or ssmParameter",
                        "add one of them");
            }
            problems.throwIfAny();
        }

        private static void checkNumber(String property, String value, Problems problems) {
            if (!value.matches(DIGITS)) {
                problems.add(
                        property,
                        "\"" + value + "\" is not an ID of GitHub",
                        "1 to 20 digits",
                        "copy it from the settings of the app");
            }
        }

        /**
         * A GitHub App.
         *
         * @param id the ID of the app
         * @param installationId the ID of its installation
         * @param privateKey its private key
         * @return the app
         */
        @Defaults
        public static GithubApp of(String id, String installationId, SensitiveValue privateKey) {
            return new GithubApp(id, installationId, privateKey);
        }
    }

    /** Checks that there is not more than one account, and that it is of the kind that goes with the address. */
    public ArgoCdRepository {
        Components.required("url", url, "username", username, "password", password, "sshPrivateKey", sshPrivateKey);
        Problems problems = new Problems();
        GitAddress.check("url", url, problems);
        boolean https = url.startsWith("http");
        if (accounts(password, sshPrivateKey, githubApp) > 1) {
            problems.add(
                    PropertyPath.of("url"),
                    "more than one account for a repository",
                    "one of password, sshPrivateKey and githubApp",
                    "remove the others");
        } else if (accounts(password, sshPrivateKey, githubApp) == 1 && https == !sshPrivateKey.isNone()) {
            problems.add(
                    PropertyPath.of(https ? "sshPrivateKey" : password.isNone() ? "githubApp" : "password"),
                    https ? "a key for SSH with an address for HTTPS" : "an account for HTTPS with an address for SSH",
                    https
                            ? "use password or githubApp, or an address for SSH"
                            : "use sshPrivateKey, or an https:// address");
        }
        problems.throwIfAny();
    }

    private static int accounts(SensitiveValue password, SensitiveValue key, Optional<GithubApp> app) {
        return (password.isNone() ? 0 : 1) + (key.isNone() ? 0 : 1) + (app.isEmpty() ? 0 : 1);
    }

    boolean hasAccount() {
        return accounts(password, sshPrivateKey, githubApp) == 1;
    }

    /**
     * A repository, which needs an account.
     *
     * @param url its address
     * @return the repository
     */
    @Defaults
    public static ArgoCdRepository of(String url) {
        return new ArgoCdRepository(url, false, "git", SensitiveValue.none(), SensitiveValue.none(), Optional.empty());
    }

    /** What the chart's values say of it. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("type", "git");
        values.put("url", url);
        if (!password.isNone()) {
            values.put("username", username);
        }
        githubApp.ifPresent(app -> {
            values.put("githubAppID", app.id());
            values.put("githubAppInstallationID", app.installationId());
        });
        return values;
    }

    /** The key of its secret in the chart's values. */
    String secretKey() {
        return githubApp.isPresent() ? "githubAppPrivateKey" : password.isNone() ? "sshPrivateKey" : "password";
    }

    SensitiveValue secret() {
        return githubApp.map(GithubApp::privateKey).orElse(password.isNone() ? sshPrivateKey : password);
    }
}
