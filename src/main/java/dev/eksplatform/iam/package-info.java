/**
 * IAM as values: policy documents, ARNs and names, and the policies that the platform's parts need. Free of CDKTF and of
 * any call to AWS.
 */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.iam;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
