package dev.eksplatform.terraform;

/** EKS says no: <a href="https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html">errors of the EKS API</a>. */
final class EksRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    private EksRefusal(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    static EksRefusal notFound(String message) {
        return new EksRefusal(404, "ResourceNotFoundException", message);
    }

    static EksRefusal inUse(String message) {
        return new EksRefusal(409, "ResourceInUseException", message);
    }

    static EksRefusal invalidParameter(String message) {
        return new EksRefusal(400, "InvalidParameterException", message);
    }

    static EksRefusal invalidRequest(String message) {
        return new EksRefusal(400, "InvalidRequestException", message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }
}
