package dev.eksplatform.network;

/** A VPC endpoint: the name of a service, or a service with settings. */
public sealed interface NetworkEndpoint permits EndpointService, EndpointSettings {

    /**
     * The service that is reached.
     *
     * @return the service
     */
    EndpointService service();

    /**
     * The settings.
     *
     * @return those that are given, or the defaults
     */
    EndpointSettings settings();
}
