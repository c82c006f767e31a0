/** The command line. */
@NullMarked
package dev.eksplatform.cli;

import org.jspecify.annotations.NullMarked;
