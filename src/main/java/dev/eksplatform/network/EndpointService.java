package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * An AWS service that is reached through a VPC endpoint, by the short name that it has in every region, such as {@code s3} or
 * {@code ecr.api}, or by its full name, such as {@code com.amazonaws.eu-central-1.s3}. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html">services that integrate
 * with AWS PrivateLink</a>.
 *
 * @param name the short or full name
 */
@Example("ecr.api")
public record EndpointService(String name) implements NetworkEndpoint {

    private static final String PATTERN = "^[a-z0-9-]+(\\.[a-z0-9-]+)*$";
    private static final Pattern NAME = Pattern.compile(PATTERN);
    private static final Pattern PRIVATE_LINK = Pattern.compile("[a-z.]+\\.vpce\\.([a-z0-9-]+)\\.(vpce-svc-[0-9a-f]+)");

    /**
     * What every node calls: image registry and its layers, network interfaces, credentials, and EKS itself. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html">private clusters with limited internet
     * access</a>.
     */
    static final List<NetworkEndpoint> OF_NODES = List.of(
            new EndpointService("s3"),
            new EndpointService("ecr.api"),
            new EndpointService("ecr.dkr"),
            new EndpointService("ec2"),
            new EndpointService("sts"),
            new EndpointService("eks"));

    /**
     * What every node calls.
     *
     * @return the services
     */
    @API(status = API.Status.INTERNAL)
    public static List<EndpointService> ofNodes() {
        return OF_NODES.stream().map(NetworkEndpoint::service).toList();
    }

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

    @Override
    public EndpointService service() {
        return this;
    }

    @Override
    public EndpointSettings settings() {
        return EndpointSettings.of(this);
    }

    /** A route instead of network interfaces for S3 and DynamoDB; such an endpoint is free. */
    EndpointType defaultType() {
        return isS3() || isDynamoDb() ? EndpointType.GATEWAY : EndpointType.INTERFACE;
    }

    boolean isS3() {
        return name.equals("s3") || name.endsWith(".s3");
    }

    boolean isDynamoDb() {
        return name.equals("dynamodb") || name.endsWith(".dynamodb");
    }

    /** Whether it is an endpoint service of a customer or a partner. */
    boolean isPrivateLink() {
        return name.contains(".vpce-svc-");
    }

    /** The region of an endpoint service of a customer or a partner; empty for a service of AWS. */
    Optional<String> serviceRegion() {
        return Optional.of(PRIVATE_LINK.matcher(name)).filter(Matcher::matches).map(matcher -> matcher.group(1));
    }

    /**
     * The name without partition and region.
     *
     * @param region the region
     * @return such as {@code ecr.api}
     */
    public String shortName(String region) {
        Matcher privateLink = PRIVATE_LINK.matcher(name);
        if (privateLink.matches()) {
            return privateLink.group(2);
        }
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
        return isPrivateLink() || name.contains("." + region + ".");
    }

    @Override
    public String toString() {
        return name;
    }
}
