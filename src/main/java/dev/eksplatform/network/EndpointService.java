package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An AWS service that is reached through a VPC endpoint, by the short name that it has in every region, such as {@code s3} or
 * {@code ecr.api}, or by its full name, such as {@code com.amazonaws.eu-central-1.s3}. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html">services that integrate
 * with AWS PrivateLink</a>.
 *
 * @param name the short or full name
 */
@Example("ecr.api")
public record EndpointService(String name) {

    private static final String PATTERN = "^[a-z0-9-]+(\\.[a-z0-9-]+)*$";
    private static final Pattern NAME = Pattern.compile(PATTERN);

    /**
     * What every node calls: image registry and its layers, network interfaces, credentials, and EKS itself. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html">private clusters with limited internet
     * access</a>.
     */
    static final List<EndpointService> OF_NODES = List.of(
            new EndpointService("s3"),
            new EndpointService("ecr.api"),
            new EndpointService("ecr.dkr"),
            new EndpointService("ec2"),
            new EndpointService("sts"),
            new EndpointService("eks"));

    /** Checks the name's form. */
    public EndpointService {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + name + "\" is not the name of an endpoint service",
                    "lower case letters, digits, - and dots",
                    "write it like s3 or ecr.api: the end of a name of `aws ec2 describe-vpc-endpoint-services`"));
        }
    }

    /**
     * Reads a service's name.
     *
     * @param text the short or full name
     * @return the service
     * @throws InvalidInputException when it is not one
     */
    @ScalarFactory(pattern = PATTERN)
    public static EndpointService parse(String text) {
        return new EndpointService(text);
    }

    /** Whether the endpoint is a route instead of network interfaces, as for S3 and DynamoDB; such an endpoint is free. */
    boolean isGateway() {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.equals("s3") || last.equals("dynamodb");
    }

    /**
     * The name without partition and region.
     *
     * @param region the region
     * @return such as {@code ecr.api}
     */
    String shortName(String region) {
        int at = name.indexOf("." + region + ".");
        return at < 0 ? name : name.substring(at + region.length() + 2);
    }

    /**
     * The name with partition and region.
     *
     * @param region the region
     * @return such as {@code com.amazonaws.eu-central-1.s3}
     */
    String fullName(String region) {
        return isFull(region) ? name : "com.amazonaws." + region + "." + name;
    }

    /**
     * Whether the name says the region.
     *
     * @param region the region
     * @return false for a short name
     */
    public boolean isFull(String region) {
        return name.contains("." + region + ".");
    }

    @Override
    public String toString() {
        return name;
    }
}
