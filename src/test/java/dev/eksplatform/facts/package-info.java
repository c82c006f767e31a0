/** What tests know about other projects: provider schemas, values of charts and documented IAM policies, as tables of facts. */
@NullMarked
package dev.eksplatform.facts;

import org.jspecify.annotations.NullMarked;
