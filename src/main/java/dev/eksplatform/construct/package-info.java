/** What all constructs have in common. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.construct;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
