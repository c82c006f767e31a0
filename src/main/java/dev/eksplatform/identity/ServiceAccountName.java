package dev.eksplatform.identity;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * A Kubernetes ServiceAccount, written {@code namespace/name}.
 *
 * @param namespace its namespace
 * @param name its name
 */
@Example("shop/orders")
public record ServiceAccountName(String namespace, String name) {

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String PATTERN = "^" + LABEL + "/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
    private static final Pattern NAME = Pattern.compile(PATTERN);

    /**
     * Reads a ServiceAccount's name.
     *
     * @param text namespace and name, such as {@code shop/orders}
     * @return the name
     * @throws InvalidInputException when one of them is not a DNS name as Kubernetes wants it
     */
    @ScalarFactory(pattern = PATTERN)
    public static ServiceAccountName parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not a ServiceAccount",
                    "namespace/name of lower case letters, digits and -, at most 63 and 253 of them",
                    text.contains("/") ? "write it like shop/orders" : "put the namespace in front: default/" + text));
        }
        int slash = text.indexOf('/');
        return new ServiceAccountName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Namespace and name without the slash, for ids. */
    String joined() {
        return namespace + "-" + name;
    }

    /**
     * Namespace and name in one construct's id.
     *
     * @return such as {@code shop_orders}
     */
    public String id() {
        return namespace + "_" + name;
    }

    /** By hand, as {@link Object#hashCode} of a record costs every synth a bootstrap at run time. */
    @Override
    public int hashCode() {
        return 31 * namespace.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
