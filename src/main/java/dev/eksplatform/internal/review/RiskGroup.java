package dev.eksplatform.internal.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Risks that say the same about several resources of a type, which are shown together.
 *
 * @param risks at least one, in the order of the review
 */
public record RiskGroup(List<Risk> risks) {

    /** The type in an address, after the modules. */
    private static final Pattern TYPE = Pattern.compile("^(?:module\\.[\\w-]+(?:\\[[^]]*])?\\.)*([a-z0-9_]+)\\.");

    private static final Pattern VERSION = Pattern.compile("_v\\d+(?:(?:alpha|beta)\\d+)?$");

    private static final Set<String> INITIALISMS = Set.of(
            "acm", "ami", "api", "db", "dns", "ebs", "ecr", "ecs", "efs", "eip", "eks", "iam", "id", "ip", "kms", "lb",
            "nat", "rds", "s3", "sns", "sqs", "ssm", "vpc", "vpn");

    /**
     * Puts equal risks together.
     *
     * @param risks the risks
     * @return in the order in which each comes first
     */
    public static List<RiskGroup> of(List<Risk> risks) {
        Map<List<Object>, List<Risk>> groups = new LinkedHashMap<>();
        risks.forEach(risk -> groups.computeIfAbsent(
                        Arrays.asList(
                                risk.severity(),
                                risk.stack(),
                                type(risk),
                                risk.action(),
                                risk.effect(),
                                risk.because(),
                                risk.summary(),
                                risk.meaning(),
                                risk.advice(),
                                risk.rules(),
                                Objects.requireNonNullElse(risk.follows(), "")),
                        key -> new ArrayList<>())
                .add(risk));
        return groups.values().stream().map(RiskGroup::new).toList();
    }

    /**
     * What is the same for all of them.
     *
     * @return the first
     */
    public Risk first() {
        return risks.get(0);
    }

    /**
     * How many resources of which type there are.
     *
     * @return such as {@code 12 EKS node groups}
     */
    public String what() {
        String type = type(first());
        String plain = VERSION.matcher(type.substring(type.indexOf('_') + 1)).replaceFirst("");
        String words = Character.isUpperCase(type.charAt(0))
                ? type
                : Arrays.stream(plain.split("_"))
                        .map(word -> INITIALISMS.contains(word) ? word.toUpperCase(Locale.ROOT) : word)
                        .collect(Collectors.joining(" "));
        return risks.size() + " " + (risks.size() == 1 ? words : plural(words));
    }

    /** The type of a resource; the kind of an object that is written as a manifest. */
    private static String type(Risk risk) {
        Matcher matcher = TYPE.matcher(risk.address());
        String type = matcher.find() ? matcher.group(1) : risk.address();
        String kind = risk.label().split(" ", 2)[0];
        return type.endsWith("_manifest") && !kind.isEmpty() && Character.isUpperCase(kind.charAt(0)) ? kind : type;
    }

    private static String plural(String noun) {
        if (noun.endsWith("y") && !noun.matches(".*[aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + (noun.matches(".*(s|x|ch|sh)") ? "es" : "s");
    }
}
