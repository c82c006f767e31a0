/**
 * Guardrails: rules as data, evaluated on synthesized configuration and on plans, with three verdicts (pass, fail, unknown),
 * and waivers for accepted findings. The rule language is described in {@code docs/guardrails.md}.
 */
@NullMarked
package dev.eksplatform.internal.guardrail;

import org.jspecify.annotations.NullMarked;
