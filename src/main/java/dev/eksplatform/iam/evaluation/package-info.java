/**
 * Answers whether a role may be assumed and what it may do, by AWS's evaluation logic, from its policies only. What is not
 * known never makes an answer {@code ALLOWED}.
 */
@API(status = API.Status.EXPERIMENTAL)
@NullMarked
package dev.eksplatform.iam.evaluation;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
