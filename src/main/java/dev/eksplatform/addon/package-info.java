/** Add-ons installed by Helm: what each needs, gives and leaves behind, and the order they come in. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.addon;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
