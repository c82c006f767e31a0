/** Which AWS permissions a Kubernetes ServiceAccount has, and how it gets them. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.identity;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
