/** The network a cluster lives in: VPC, subnets, routes and the CIDR arithmetic behind them. */
@API(status = API.Status.STABLE)
@NullMarked
package dev.eksplatform.network;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
