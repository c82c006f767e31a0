package dev.eksplatform.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The credentials with which {@code aws eks get-token} asks for a token, where they are not those of the environment.
 *
 * @param profile a profile of the AWS config files
 * @param roleArn the role to assume, by its ARN
 * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html">get-token</a>
 */
public record ClusterCredentials(Optional<String> profile, Optional<String> roleArn) {

    /**
     * Those of the environment.
     *
     * @return no profile and no role
     */
    public static ClusterCredentials ambient() {
        return new ClusterCredentials(Optional.empty(), Optional.empty());
    }

    /** The options of the command. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        profile.ifPresent(name -> options.addAll(List.of("--profile", name)));
        roleArn.ifPresent(arn -> options.addAll(List.of("--role-arn", arn)));
        return options;
    }

    /**
     * The options of {@code aws eks update-kubeconfig}, which reads the cluster with them and writes them into the kubeconfig
     * file.
     *
     * @return options for a shell, each after a space; empty for the credentials of the environment
     */
    @API(status = API.Status.INTERNAL)
    public String kubeconfigOptions() {
        return profile.map(name -> " --profile " + (name.contains(" ") ? "'" + name + "'" : name))
                        .orElse("")
                + roleArn.map(arn -> " --role-arn " + arn + " --assume-role-arn " + arn)
                        .orElse("");
    }
}
