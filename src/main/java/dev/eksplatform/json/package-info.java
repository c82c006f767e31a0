/** JSON that is written into attributes of resources. */
@NullMarked
package dev.eksplatform.json;

import org.jspecify.annotations.NullMarked;
