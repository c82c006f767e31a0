/** What runs on the platform: ServiceAccounts, applications from plain YAML, and AWS resources as custom resources. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.workload;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
