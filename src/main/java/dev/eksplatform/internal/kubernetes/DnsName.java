package dev.eksplatform.internal.kubernetes;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;

/**
 * The forms of names that Kubernetes takes from DNS.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object names and IDs</a>
 */
public final class DnsName {

    /** The most characters of a label. */
    public static final int LONGEST_LABEL = 63;

    /** A label, for a JSON schema. */
    public static final String LABEL_PATTERN = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

    /** What a label may be, for an error. */
    public static final String ALLOWED_LABEL =
            "1 to 63 lower case letters, digits and -, with a letter or digit at both ends";

    /** The most characters of a subdomain. */
    public static final int LONGEST_SUBDOMAIN = 253;

    private DnsName() {}

    /**
     * Whether a name is a label as defined in RFC 1123.
     *
     * @param name the name
     * @return true for 1 to 63 lower case letters, digits and hyphens, with a letter or a digit at both ends
     */
    public static boolean isLabel(String name) {
        return name.length() <= LONGEST_LABEL && isLabel(name, 0, name.length());
    }

    /**
     * Checks the name of a namespace.
     *
     * @param path the property that holds it
     * @param name the name
     * @param problems collects what is wrong
     */
    public static void checkNamespace(PropertyPath path, String name, Problems problems) {
        if (!isLabel(name)) {
            problems.add(path, "\"" + name + "\" is not a namespace's name", ALLOWED_LABEL, "write it like shop");
        }
    }

    /**
     * Whether a name is a label as defined in RFC 1035, as Services need it.
     *
     * @param name the name
     * @return true for a label that begins with a letter
     */
    public static boolean isLabelWithLetterFirst(String name) {
        return isLabel(name) && Character.isLetter(name.charAt(0));
    }

    /**
     * Whether a name is a subdomain as defined in RFC 1123.
     *
     * @param name the name
     * @return true for labels of any length separated by dots, together at most 253 characters
     */
    public static boolean isSubdomain(String name) {
        if (name.length() > LONGEST_SUBDOMAIN) {
            return false;
        }
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isLabel(name, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(name, start, name.length());
    }

    private static boolean isLabel(String name, int start, int end) {
        if (start >= end || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char character = name.charAt(i);
            boolean allowed = (character >= 'a' && character <= 'z')
                    || (character >= '0' && character <= '9')
                    || character == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
