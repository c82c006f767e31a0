/** The network a cluster lives in: VPC, subnets, routes and the CIDR arithmetic behind them. */
@NullMarked
package dev.eksplatform.network;

import org.jspecify.annotations.NullMarked;
