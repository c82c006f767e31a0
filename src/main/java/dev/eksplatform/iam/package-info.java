/**
 * IAM as values: policy documents, ARNs and names, and the policies that the platform's parts need. Free of CDKTF and of
 * any call to AWS.
 */
@NullMarked
package dev.eksplatform.iam;

import org.jspecify.annotations.NullMarked;
