/** Add-ons installed by Helm: what each needs, gives and leaves behind, and the order they come in. */
@NullMarked
package dev.eksplatform.addon;

import org.jspecify.annotations.NullMarked;
