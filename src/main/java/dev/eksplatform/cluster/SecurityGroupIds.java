package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the form of ids of security groups. */
final class SecurityGroupIds {

    static final String PATTERN = "^sg-[0-9a-f]{8,17}$";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private SecurityGroupIds() {}

    static void check(PropertyPath where, String id, Problems problems) {
        if (!TerraformTemplate.isOpen(id)) {
            problems.match(
                    where,
                    id,
                    FORM,
                    "the id of a security group",
                    "sg- and 8 to 17 hex digits",
                    "copy it from `aws ec2 describe-security-groups`");
        }
    }

    static void check(PropertyPath owner, List<String> ids, Problems problems) {
        for (int i = 0; i < ids.size(); i++) {
            check(owner.index(i), ids.get(i), problems);
        }
        problems.once(owner, ids, "security group");
    }
}
