/** The command line. */
@NullMarked
package dev.eksplatform.internal.cli;

import org.jspecify.annotations.NullMarked;
