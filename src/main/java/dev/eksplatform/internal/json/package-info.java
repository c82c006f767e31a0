/** JSON that is written into attributes of resources. */
@NullMarked
package dev.eksplatform.internal.json;

import org.jspecify.annotations.NullMarked;
