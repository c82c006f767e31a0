package dev.eksplatform.cluster;

/**
 * The API server of an EKS cluster.
 *
 * @param endpoint its URL, as a Terraform reference
 * @param certificateAuthorityData the certificate of its authority, in PEM and base64, as a Terraform reference
 */
public record ApiServer(String endpoint, String certificateAuthorityData) {}
