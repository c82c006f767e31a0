/**
 * Guardrails: rules as data, evaluated with three values (pass, fail, cannot decide) on synthesized configuration and on
 * plans; waivers for what is accepted knowingly. Free of CDKTF. The rule language is described in {@code docs/guardrails.md}.
 */
@NullMarked
package dev.eksplatform.internal.guardrail;

import org.jspecify.annotations.NullMarked;
