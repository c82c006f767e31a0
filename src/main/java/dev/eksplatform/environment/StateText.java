package dev.eksplatform.environment;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of arguments of state backends. */
final class StateText {

    /** The beginning of a key, see {@link StateSpec.S3}. */
    static final String PREFIX = "^[A-Za-z0-9!_.*'()-]+(/[A-Za-z0-9!_.*'()-]+)*$";

    /** One line, without white space around it. */
    static final String TEXT = "^[^\\s\\u0000-\\u001f]([^\\u0000-\\u001f]*[^\\s\\u0000-\\u001f])?$";

    /** A URL that something can be added to; a password in it would be a secret. */
    static final String URL = "^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:%-]+)*$";

    static final String METHOD = "^[A-Z]{3,10}$";
    static final String PEM = "^-----BEGIN CERTIFICATE-----";
    static final String NAMESPACE = DnsName.LABEL_PATTERN;

    /** A URL with a user: its password must not get into an error. */
    private static final Pattern CREDENTIALS = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*@");

    private static final Pattern WORDS = Pattern.compile("\\^\\(([A-Za-z|]+)\\)\\$");

    private StateText() {}

    static void match(
            String property, String text, String form, String what, String allowed, String fix, Problems problems) {
        if (CREDENTIALS.matcher(text).find()) {
            problems.add(
                    property,
                    "an address with a user or a password",
                    "a URL without them",
                    "remove them, and set them in the environment where Terraform runs");
            return;
        }
        Matcher matcher = Pattern.compile(form).matcher(text);
        if (!(form.endsWith("$") ? matcher.matches() : matcher.find())) {
            problems.add(property, Problem.quoted(text) + " is not " + what, allowed, fix);
        }
    }

    static void match(String property, Optional<String> text, String form, String fix, Problems problems) {
        text.ifPresent(value -> match(property, value, form, "a value of this argument", allowed(form), fix, problems));
    }

    private static String allowed(String form) {
        if (form.equals(TEXT)) {
            return "one line of text, without white space around it";
        }
        if (form.equals(PEM)) {
            return "a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----";
        }
        if (form.equals(URL)) {
            return "a URL without a / at its end";
        }
        Matcher words = WORDS.matcher(form);
        return words.matches() ? words.group(1).replace("|", ", ") : "text that matches " + form;
    }

    static void number(String property, int number, int least, int most, Problems problems) {
        if (number < least || number > most) {
            problems.add(property, String.valueOf(number), least + " to " + most, "write a number of this range");
        }
    }
}
