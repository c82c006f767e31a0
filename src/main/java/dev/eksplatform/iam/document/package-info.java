/** IAM policy documents: their model, reading, writing, and what IAM and the product refuse in them. */
@NullMarked
package dev.eksplatform.iam.document;

import org.jspecify.annotations.NullMarked;
