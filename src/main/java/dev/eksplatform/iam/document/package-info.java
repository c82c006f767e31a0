/** IAM policy documents: their model, reading, writing, and what IAM and the product refuse in them. */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package dev.eksplatform.iam.document;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
