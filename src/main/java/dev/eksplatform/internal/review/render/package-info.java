/** A review as Markdown, HTML, JUnit XML and JSON. */
@NullMarked
package dev.eksplatform.internal.review.render;

import org.jspecify.annotations.NullMarked;
