package dev.eksplatform.environment;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.regex.Pattern;

/** The names that an environment gives to its node groups and Fargate profiles. */
final class EnvironmentNames {

    /** EKS: letters, digits, - and _; Terraform appends a suffix of 26 characters, and EKS takes 63. */
    static final String NODE_GROUP = "^[0-9A-Za-z][0-9A-Za-z_-]{0,35}$";

    /** EKS keeps names that begin with {@code eks-} for itself. */
    static final String FARGATE_PROFILE = "^(?!eks-)[0-9A-Za-z][0-9A-Za-z_-]{0,99}$";

    private static final Pattern NODE_GROUP_FORM = Pattern.compile(NODE_GROUP);
    private static final Pattern FARGATE_PROFILE_FORM = Pattern.compile(FARGATE_PROFILE);

    private EnvironmentNames() {}

    static boolean isNodeGroup(String name) {
        return NODE_GROUP_FORM.matcher(name).matches();
    }

    static void nodeGroup(String name, Problems problems) {
        problems.match(
                PropertyPath.of("nodeGroups", name),
                name,
                NODE_GROUP_FORM,
                "a node group's name",
                "1 to 36 letters, digits, - and _, beginning with a letter or digit",
                "rename it, such as to general");
    }

    static void fargateProfile(String name, Problems problems) {
        problems.match(
                PropertyPath.of("fargate", name),
                name,
                FARGATE_PROFILE_FORM,
                "a Fargate profile's name",
                "1 to 100 letters, digits, - and _, beginning with a letter or digit, and not with eks-",
                "rename it, such as to batch");
    }
}
