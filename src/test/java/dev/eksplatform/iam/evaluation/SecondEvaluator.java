package dev.eksplatform.iam.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A second evaluator of IAM policies, to compare with: written from the IAM User Guide, over the parsed JSON, with regular
 * expressions and strings. It shares no class with the first.
 *
 * <p>Pages: reference_policies_evaluation-logic, reference_policies_elements_resource, reference-arns,
 * reference_policies_variables, reference_policies_elements_condition_operators,
 * reference_policies_condition-single-vs-multi-valued-context-keys, access_policies_boundaries.
 */
final class SecondEvaluator {

    /** What AWS says, or that it does not say. */
    private enum Answer {
        YES,
        NO,
        NOT_SAID;

        static Answer of(boolean yes) {
            return yes ? YES : NO;
        }

        /** For what AWS refuses or leaves open: at most "not said". */
        static Answer perhaps(boolean possible) {
            return possible ? NOT_SAID : NO;
        }

        Answer opposite() {
            return this == YES ? NO : this == NO ? YES : NOT_SAID;
        }

        static Answer every(List<Answer> all) {
            return all.contains(NO) ? NO : all.contains(NOT_SAID) ? NOT_SAID : YES;
        }

        static Answer some(List<Answer> all) {
            return all.contains(YES) ? YES : all.contains(NOT_SAID) ? NOT_SAID : NO;
        }
    }

    private static final Pattern BRACES = Pattern.compile("\\$\\{([^}]*)}");
    private static final String ANYTHING = ".*";

    /** Stands for a value that is not known, in a text that is no ARN's. */
    private static final char UNKNOWN = '\u0001';

    private final Map<String, List<String>> context;
    private final Set<String> unknownKeys;

    /**
     * An evaluator of one request.
     *
     * @param context the keys of the request, in lower case
     * @param unknownKeys keys in lower case that the request may have, with any value
     */
    SecondEvaluator(Map<String, List<String>> context, Set<String> unknownKeys) {
        this.context = context;
        this.unknownKeys = unknownKeys;
    }

    /** {@code ALLOWED}, {@code DENIED} or {@code CANNOT_DECIDE}. */
    String decide(List<JsonNode> policies, @Nullable JsonNode boundary, String action, String resource) {
        String own = decide(policies, action, resource);
        String within = boundary == null ? "ALLOWED" : decide(List.of(boundary), action, resource);
        if (own.equals("DENIED") || within.equals("DENIED")) {
            return "DENIED";
        }
        return own.equals("ALLOWED") ? within : own;
    }

    private String decide(List<JsonNode> policies, String action, String resource) {
        List<Answer> denies = new ArrayList<>();
        List<Answer> allows = new ArrayList<>();
        for (JsonNode policy : policies) {
            boolean variables = policy.path("Version").asText().equals("2012-10-17");
            for (JsonNode statement : policy.path("Statement")) {
                Answer applies = Answer.every(List.of(
                        actions(statement, action),
                        resources(statement, resource, variables),
                        conditions(statement.path("Condition"), variables)));
                (statement.path("Effect").asText().equals("Deny") ? denies : allows).add(applies);
            }
        }
        if (Answer.some(denies) == Answer.YES || Answer.some(allows) == Answer.NO) {
            return "DENIED";
        }
        boolean certain = Answer.some(allows) == Answer.YES && Answer.some(denies) == Answer.NO;
        return certain ? "ALLOWED" : "CANNOT_DECIDE";
    }

    private static Answer actions(JsonNode statement, String action) {
        if (statement.has("Action")) {
            return Answer.some(each(statement.path("Action"), pattern -> actionMatches(pattern, action)));
        }
        List<Answer> named = each(statement.path("NotAction"), pattern -> actionMatches(pattern, action));
        return named.isEmpty() ? Answer.NOT_SAID : Answer.some(named).opposite();
    }

    private Answer resources(JsonNode statement, String resource, boolean variables) {
        if (statement.has("Resource")) {
            return Answer.some(
                    each(statement.path("Resource"), pattern -> resourceMatches(pattern, resource, variables)));
        }
        List<Answer> named =
                each(statement.path("NotResource"), pattern -> resourceMatches(pattern, resource, variables));
        boolean voids = each(statement.path("NotResource"), pattern -> Answer.of(variables && isVoid(pattern)))
                .contains(Answer.YES);
        if (named.contains(Answer.YES)) {
            return Answer.NO;
        }
        return named.isEmpty() || voids ? Answer.NOT_SAID : Answer.some(named).opposite();
    }

    private static Answer actionMatches(String pattern, String action) {
        boolean matches = Pattern.compile(wild(pattern, ANYTHING, "."), Pattern.CASE_INSENSITIVE)
                .matcher(action)
                .matches();
        boolean vendor = pattern.equals("*") || pattern.matches("[^*?:]+:.*");
        return vendor ? Answer.of(matches) : Answer.perhaps(matches);
    }

    /** Whether a variable has no value, or is before the fifth colon. */
    private boolean isVoid(String pattern) {
        String[] fields = BRACES.matcher(pattern).replaceAll("\u0002").split(":", 6);
        boolean early = false;
        for (int i = 0; i < Math.min(5, fields.length); i++) {
            early |= fields[i].contains("\u0002");
        }
        return early || resolved(pattern) == null;
    }

    private Answer resourceMatches(String pattern, String resource, boolean variables) {
        if (pattern.equals("*")) {
            return Answer.YES;
        }
        String text = variables ? resolved(pattern) : literal(pattern);
        if (text == null) {
            return Answer.NO;
        }
        boolean hasVariables = variables && BRACES.matcher(pattern).find();
        String[] fields = text.split(":", 6);
        if (hasVariables && fields.length == 6 && isVoid(pattern)) {
            return Answer.NO;
        }
        boolean saved = fields.length > 2
                && fields[0].equals("arn")
                && (fields[1].equals("*") || !fields[1].matches(".*[*?].*"))
                && fields[2].matches("[a-z0-9-]+")
                && !fields[fields.length - 1].isEmpty();
        Answer written = arn(text, resource);
        if (fields.length == 6) {
            return saved ? written : Answer.perhaps(written != Answer.NO);
        }
        Answer completed = arn(text + ":*".repeat(6 - fields.length), resource);
        if (hasVariables || !saved) {
            String stripped = text.replaceAll(":+$", "");
            int given = stripped.split(":", 6).length;
            return Answer.perhaps(written != Answer.NO
                    || completed != Answer.NO
                    || arn(stripped + ":*".repeat(6 - given), resource) != Answer.NO);
        }
        boolean runsOn = (text + ":").contains("*:");
        return runsOn && written != completed ? Answer.NOT_SAID : completed;
    }

    /** Compares an ARN by segments: certainly when the narrow reading matches, perhaps when the wide one does. */
    private static Answer arn(String pattern, String resource) {
        StringBuilder narrow = new StringBuilder();
        StringBuilder wide = new StringBuilder();
        String[] segments = pattern.split(":", -1);
        for (int i = 0; i < segments.length; i++) {
            String colon = i == 0 ? "" : ":";
            boolean ends = segments[i].endsWith("*");
            String body = ends ? segments[i].substring(0, segments[i].length() - 1) : segments[i];
            String end = ends ? ANYTHING : "";
            narrow.append(colon).append(wild(body, "[^:]*", "[^:]")).append(end);
            wide.append(colon)
                    .append(i < 5 ? wild(body, "[^:]*", "[^:]") : wild(body, ANYTHING, "."))
                    .append(end);
        }
        if (narrow.indexOf(String.valueOf(UNKNOWN)) < 0 && resource.matches(narrow.toString())) {
            return Answer.YES;
        }
        return Answer.perhaps(resource.matches(wide.toString().replace(String.valueOf(UNKNOWN), ANYTHING)));
    }

    /** A regular expression for a text with wildcards; characters that a variable brought are no wildcards. */
    private static String wild(String text, String star, String one) {
        StringBuilder regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '*') {
                regex.append(star);
            } else if (c == '?') {
                regex.append(one);
            } else if (c == UNKNOWN) {
                regex.append(c);
            } else {
                regex.append(Pattern.quote(String.valueOf(brought(c))));
            }
        }
        return regex.toString();
    }

    // Policy variables. What they bring is moved to a private range, so that no character of it is a wildcard or a
    // colon.

    private static String moved(String value) {
        StringBuilder moved = new StringBuilder();
        value.chars().forEach(c -> moved.append((char) (c + 0xE000)));
        return moved.toString();
    }

    private static char brought(char c) {
        return c >= 0xE000 && c < 0xF000 ? (char) (c - 0xE000) : c;
    }

    private static String literal(String text) {
        return text.replace("$", moved("$"));
    }

    /** With the values of all variables; {@code null} when one has none. */
    private @Nullable String resolved(String text) {
        Matcher braces = BRACES.matcher(text);
        StringBuilder out = new StringBuilder();
        while (braces.find()) {
            String[] part = braces.group(1).split(", '", 2);
            String key = part[0].toLowerCase(Locale.ROOT);
            List<String> values = context.getOrDefault(key, List.of());
            String value;
            if (key.matches("[*?$]")) {
                value = moved(key);
            } else if (!key.matches("[a-z0-9:/-]+") || unknownKeys.contains(key) || values.size() > 1) {
                value = String.valueOf(UNKNOWN);
            } else if (values.size() == 1) {
                value = moved(values.get(0));
            } else if (part.length == 2) {
                value = moved(part[1].substring(0, part[1].length() - 1));
            } else {
                return null;
            }
            braces.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return braces.appendTail(out).toString();
    }

    // Conditions

    private Answer conditions(JsonNode condition, boolean variables) {
        List<Answer> all = new ArrayList<>();
        condition.properties().forEach(operator -> operator.getValue()
                .properties()
                .forEach(key -> all.add(condition(operator.getKey(), key.getKey(), key.getValue(), variables))));
        return Answer.every(all);
    }

    private Answer condition(String operator, String key, JsonNode wanted, boolean variables) {
        String name = operator.replaceFirst("^For(All|Any)Values?:", "").replaceFirst("IfExists$", "");
        boolean all = operator.startsWith("ForAllValues:");
        boolean any = operator.startsWith("ForAnyValue:");
        boolean ifExists = operator.endsWith("IfExists");
        boolean not = name.contains("Not") && !name.equals("Null");
        String lower = key.toLowerCase(Locale.ROOT);
        List<String> values = context.getOrDefault(lower, List.of());
        if (each(wanted, one -> Answer.YES).isEmpty()) {
            return Answer.NOT_SAID;
        }
        if (name.equals("Null")) {
            boolean blank = !values.isEmpty() && String.join("", values).isEmpty();
            return unknownKeys.contains(lower) || blank
                    ? Answer.NOT_SAID
                    : Answer.some(each(wanted, one -> switch (one) {
                        case "true" -> Answer.of(values.isEmpty());
                        case "false" -> Answer.of(!values.isEmpty());
                        default -> Answer.NOT_SAID;
                    }));
        }
        Answer without = any ? (ifExists ? Answer.NOT_SAID : Answer.NO) : Answer.of(ifExists || all || not);
        if (unknownKeys.contains(lower)) {
            boolean anything = name.equals("StringLike")
                    && without == Answer.YES
                    && each(wanted, one -> Answer.of(one.equals("*"))).contains(Answer.YES);
            return anything ? Answer.YES : Answer.NOT_SAID;
        }
        if (values.isEmpty()) {
            return without;
        }
        if ((all || any) && String.join("", values).isEmpty()) {
            return without;
        }
        if (!all && !any && values.size() > 1) {
            return Answer.NOT_SAID;
        }
        String positive = name.replace("Not", "").replace("NotIp", "Ip");
        List<Answer> byValue = new ArrayList<>();
        for (String value : values) {
            Answer matched = Answer.some(each(wanted, one -> compare(positive, one, value, variables)));
            byValue.add(not ? matched.opposite() : matched);
        }
        return any ? Answer.some(byValue) : Answer.every(byValue);
    }

    private Answer compare(String operator, String wanted, String value, boolean variables) {
        if (operator.startsWith("String")) {
            String text = variables ? resolved(wanted) : literal(wanted);
            if (text == null) {
                return Answer.NO;
            }
            boolean like = operator.equals("StringLike");
            int flags = operator.endsWith("IgnoreCase") ? Pattern.CASE_INSENSITIVE : 0;
            String regex = like ? wild(text, ANYTHING, ".") : exactly(text);
            boolean open = text.indexOf(UNKNOWN) >= 0;
            boolean matches = Pattern.compile(regex.replace(String.valueOf(UNKNOWN), ANYTHING), flags)
                    .matcher(value)
                    .matches();
            return open ? Answer.perhaps(matches) : Answer.of(matches);
        }
        if (operator.startsWith("Arn")) {
            return arnLike(variables ? resolved(wanted) : literal(wanted), value);
        }
        if (operator.startsWith("Numeric")) {
            String form = "[+-]?\\d+(\\.\\d+)?";
            return wanted.matches(form) && value.matches(form)
                    ? ordered(operator.substring(7), new BigDecimal(value).compareTo(new BigDecimal(wanted)))
                    : Answer.NOT_SAID;
        }
        if (operator.startsWith("Date")) {
            BigDecimal limit = seconds(wanted);
            BigDecimal moment = seconds(value);
            return limit == null || moment == null
                    ? Answer.NOT_SAID
                    : ordered(operator.substring(4), moment.compareTo(limit));
        }
        if (operator.equals("Bool")) {
            boolean known = wanted.matches("(?i)true|false") && value.matches("(?i)true|false");
            return known ? Answer.of(wanted.equalsIgnoreCase(value)) : Answer.NOT_SAID;
        }
        if (operator.equals("BinaryEquals")) {
            String form = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";
            return wanted.matches(form) && value.matches(form)
                    ? Answer.of(new String(
                                    Base64.getDecoder().decode(wanted), java.nio.charset.StandardCharsets.ISO_8859_1)
                            .equals(new String(
                                    Base64.getDecoder().decode(value), java.nio.charset.StandardCharsets.ISO_8859_1)))
                    : Answer.NOT_SAID;
        }
        String range = bits(wanted);
        String address = bits(value);
        if (range == null || address == null) {
            return Answer.NOT_SAID;
        }
        boolean sameFamily = wanted.contains(":") == value.contains(":");
        return Answer.of(sameFamily && address.startsWith(range));
    }

    private static String exactly(String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            regex.append(c == UNKNOWN ? String.valueOf(c) : Pattern.quote(String.valueOf(brought(c))));
        }
        return regex.toString();
    }

    private static Answer arnLike(@Nullable String pattern, String value) {
        if (pattern == null) {
            return Answer.NO;
        }
        StringBuilder shown = new StringBuilder();
        pattern.chars().forEach(c -> shown.append(brought((char) c) == ':' ? ':' : (char) c));
        String[] fields = shown.toString().split(":", 6);
        String[] texts = value.split(":", 6);
        if (fields.length < 6 || texts.length < 6 || pattern.indexOf(UNKNOWN) >= 0) {
            String open = wild(shown.toString(), ANYTHING, ".").replace(String.valueOf(UNKNOWN), ANYTHING);
            return Answer.perhaps(
                    value.matches(open) || value.matches(open + (":" + ANYTHING).repeat(6 - fields.length)));
        }
        List<Answer> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(Answer.of(texts[i].matches(wild(fields[i], ANYTHING, "."))));
        }
        return Answer.every(all);
    }

    private static Answer ordered(String name, int order) {
        return Answer.of(
                switch (name) {
                    case "Equals" -> order == 0;
                    case "LessThan" -> order < 0;
                    case "LessThanEquals" -> order <= 0;
                    case "GreaterThan" -> order > 0;
                    case "GreaterThanEquals" -> order >= 0;
                    default -> throw new IllegalArgumentException(name);
                });
    }

    /** Seconds since 1970; {@code null} for what is no date of the W3C's note. */
    private static @Nullable BigDecimal seconds(String text) {
        Matcher date = Pattern.compile("(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:T(\\d\\d):(\\d\\d)(?::(\\d\\d)(\\.\\d+)?)?"
                        + "(?:Z|([+-])(\\d\\d):(\\d\\d)))?)?)?")
                .matcher(text);
        if (!date.matches()) {
            return text.matches("-?\\d+") ? new BigDecimal(text) : null;
        }
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.clear();
        calendar.setLenient(false);
        calendar.set(
                number(date.group(1), 0),
                number(date.group(2), 1) - 1,
                number(date.group(3), 1),
                number(date.group(4), 0),
                number(date.group(5), 0),
                number(date.group(6), 0));
        try {
            BigDecimal seconds = BigDecimal.valueOf(calendar.getTimeInMillis() / 1000);
            int offset = number(date.group(9), 0) * 3600 + number(date.group(10), 0) * 60;
            BigDecimal utc = seconds.subtract(BigDecimal.valueOf("-".equals(date.group(8)) ? -offset : offset));
            return date.group(7) == null ? utc : utc.add(new BigDecimal("0" + date.group(7)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    /** The leading bits of an address or range as a text of zeros and ones; {@code null} for anything else. */
    private static @Nullable String bits(String text) {
        String[] part = text.split("/", 2);
        StringBuilder bits = new StringBuilder();
        if (part[0].contains(":")) {
            String[] half = part[0].split("::", -1);
            List<String> head = half[0].isEmpty() ? List.of() : List.of(half[0].split(":"));
            List<String> tail = half.length < 2 || half[1].isEmpty() ? List.of() : List.of(half[1].split(":"));
            List<String> groups = new ArrayList<>(head);
            while (half.length == 2 && groups.size() + tail.size() < 8) {
                groups.add("0");
            }
            groups.addAll(tail);
            if (groups.size() != 8 || !groups.stream().allMatch(group -> group.matches("[0-9A-Fa-f]{1,4}"))) {
                return null;
            }
            groups.forEach(group -> bits.append(Integer.toBinaryString(0x10000 | Integer.parseInt(group, 16))
                    .substring(1)));
        } else {
            for (String octet : part[0].split("\\.", -1)) {
                if (!octet.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(octet) > 255) {
                    return null;
                }
                bits.append(
                        Integer.toBinaryString(0x100 | Integer.parseInt(octet)).substring(1));
            }
            if (bits.length() != 32) {
                return null;
            }
        }
        if (part.length == 1) {
            return bits.toString();
        }
        boolean prefix = part[1].matches("\\d{1,3}") && Integer.parseInt(part[1]) <= bits.length();
        return prefix ? bits.substring(0, Integer.parseInt(part[1])) : null;
    }

    private static List<Answer> each(JsonNode values, Function<String, Answer> answer) {
        List<Answer> answers = new ArrayList<>();
        if (values.isArray()) {
            values.forEach(value -> answers.add(answer.apply(value.asText())));
        } else {
            answers.add(answer.apply(values.asText()));
        }
        return answers;
    }
}
