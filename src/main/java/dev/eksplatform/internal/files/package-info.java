/**
 * Files and folders as the operating system gives them: what fails is bad input with its reason, what is temporary ends. And
 * the files that come with the program.
 */
@NullMarked
package dev.eksplatform.internal.files;

import org.jspecify.annotations.NullMarked;
