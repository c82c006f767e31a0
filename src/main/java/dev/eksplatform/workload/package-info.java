/** What runs on the platform: ServiceAccounts, applications from plain YAML, and AWS resources as custom resources. */
@NullMarked
package dev.eksplatform.workload;

import org.jspecify.annotations.NullMarked;
