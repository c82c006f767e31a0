package dev.eksplatform.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dependency lock file that {@code terraform init} writes into the folder of a stack.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/files/dependency-lock">dependency lock file</a>
 */
final class LockFile {

    private static final String NAME = ".terraform.lock.hcl";

    private static final Pattern PROVIDER =
            Pattern.compile("(?m)^provider \"(?:[^\"]*/)?([^\"/]+)\" \\{[^}]*?^\\s*version\\s*=\\s*\"([^\"]+)\"");

    private LockFile() {}

    /** The versions by provider, such as {@code aws -> 6.25.0}; empty when there is no lock file. */
    static Map<String, String> versions(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        Map<String, String> versions = new TreeMap<>();
        if (Files.isRegularFile(file)) {
            Matcher provider = PROVIDER.matcher(Files.readString(file));
            while (provider.find()) {
                versions.put(provider.group(1), provider.group(2));
            }
        }
        return versions;
    }
}
