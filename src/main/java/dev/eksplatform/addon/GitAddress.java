package dev.eksplatform.addon;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.regex.Pattern;

/** Addresses of Git repositories. */
final class GitAddress {

    /** HTTPS, SSH as a URL, and SSH as {@code git} writes it. */
    static final String PATTERN = "^(https?://[^\\s/]+/\\S+|ssh://[^\\s/]+/\\S+|[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:\\S+)$";

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final Pattern WITH_PASSWORD = Pattern.compile("^[a-z]+://[^/@]*:[^/@]*@.*$");

    private GitAddress() {}

    /** Checks the form, and that there is no password in it, which this file, the state and the cluster would have. */
    static void check(String property, String address, Problems problems) {
        if (WITH_PASSWORD.matcher(address).matches()) {
            problems.add(
                    PropertyPath.of(property),
                    "a password in the address of a repository",
                    "remove it, change it, and give it as a sensitive value");
            return;
        }
        problems.match(
                property,
                address,
                FORM,
                "the address of a Git repository",
                "https://HOST/PATH, ssh://HOST/PATH or USER@HOST:PATH",
                "write it like https://git.example.com/shop/platform.git");
    }
}
