package dev.eksplatform.internal.kubernetes;

import java.util.Locale;

/** The valid name that is nearest to an invalid one, for the fix of an error. It is empty when nothing of the name is valid. */
public final class LikelyName {

    private LikelyName() {}

    /**
     * A label as defined in RFC 1123.
     *
     * @param name the invalid name
     * @param longest the most characters
     * @return such as {@code my-app} for {@code My App}
     */
    public static String label(String name, int longest) {
        return of(name.toLowerCase(Locale.ROOT), "", longest);
    }

    /**
     * A subdomain as defined in RFC 1123.
     *
     * @param name the invalid name
     * @return such as {@code shop.example.com} for {@code Shop.example.com}
     */
    public static String subdomain(String name) {
        return of(name.toLowerCase(Locale.ROOT), ".", DnsName.LONGEST_SUBDOMAIN);
    }

    /** A label value, or the name in a label key. */
    static String labelValue(String text) {
        return of(text, "_.-", LabelGrammar.LONGEST);
    }

    private static String of(String text, String kept, int longest) {
        String name = text.replaceAll("[^A-Za-z0-9" + kept + "]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return name.substring(0, Math.min(longest, name.length())).replaceAll("[^A-Za-z0-9]+$", "");
    }
}
