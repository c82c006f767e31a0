/**
 * Runs the real {@code terraform} and {@code cdktf} on synthesized stacks, against an AWS that is played by moto: {@link
 * dev.eksplatform.terraform.Moto}, {@link dev.eksplatform.terraform.TerraformRunner}, {@link
 * dev.eksplatform.terraform.CdktfRunner}.
 */
@NullMarked
package dev.eksplatform.terraform;

import org.jspecify.annotations.NullMarked;
