/** Three-valued logic, for what is known only after apply. */
@NullMarked
package dev.eksplatform.internal.logic;

import org.jspecify.annotations.NullMarked;
