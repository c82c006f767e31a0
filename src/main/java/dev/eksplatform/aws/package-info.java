/** What constructs need to know of the AWS account they are made in. */
@NullMarked
package dev.eksplatform.aws;

import org.jspecify.annotations.NullMarked;
