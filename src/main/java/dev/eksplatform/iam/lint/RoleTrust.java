package dev.eksplatform.iam.lint;

import dev.eksplatform.iam.document.PolicyDocument;

/**
 * A role and who it trusts.
 *
 * @param name the role's name, for findings
 * @param arn its ARN, compared with annotations; may be a Terraform reference
 * @param policy its trust policy
 */
public record RoleTrust(String name, String arn, PolicyDocument policy) {}
