package dev.eksplatform.internal.explain;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.ActionTable;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.Region;
import dev.eksplatform.iam.ResourceTable;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.iam.document.GlobalConditionKeys;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.evaluation.RoleSession;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The condition keys of a request as given on the command line, {@code key=value} each. A key that is given more than once has
 * several values.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global condition
 *     context keys</a>
 */
final class ContextArguments {

    private static final Place OPTION = new Place.OnCommandLine("--context");
    private static final String GLOBAL = "aws";
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?i)(?=.*:)([0-9a-f]{0,4}:){2,7}([0-9a-f]{0,4}|[0-9.]+)");

    private final RoleSession session;
    private final Problems problems;

    /**
     * Arguments.
     *
     * @param session the session that makes the requests
     * @param problems collects keys that are unknown or known to be different, and values of another type
     */
    ContextArguments(RoleSession session, Problems problems) {
        this.session = session;
        this.problems = problems;
    }

    /** The values by key, as far as they are valid. */
    Map<String, List<String>> parse(List<String> arguments) {
        Map<String, List<String>> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 || !key.matches("[^:\\s]+:\\S+")) {
                problems.add(
                        OPTION,
                        "\"" + argument + "\" is not a condition key with its value",
                        "key=value",
                        "write it like aws:SourceIp=203.0.113.7");
            } else {
                String value = argument.substring(equals + 1);
                type(key).ifPresent(type -> {
                    value(key, type, value);
                    ofSession(key, value);
                    keys.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
                });
            }
        }
        return new LinkedHashMap<>(keys);
    }

    private Optional<String> type(String key) {
        String service = key.substring(0, key.indexOf(':')).toLowerCase(Locale.ROOT);
        if (service.equals(GLOBAL)) {
            return global(key);
        }
        Optional<ResourceTable.Service> known = ResourceTable.service(service);
        if (known.isPresent()) {
            return ofService(key, service, known.get().keys());
        }
        // a provider of identities, such as the issuer of the cluster's tokens, has keys of its own
        boolean provider = service.contains(".") || service.equals("saml");
        if (!provider && ActionTable.get().service(service).isEmpty()) {
            problems.add(
                    OPTION,
                    "\"" + service + "\" in \"" + key + "\" is not a service of IAM",
                    Suggestion.fix(service, ActionTable.get().services(), "write aws: or a service before the key"));
            return Optional.empty();
        }
        return Optional.of("String");
    }

    private Optional<String> global(String key) {
        Optional<String> type = GlobalConditionKeys.type(key);
        boolean tag = key.matches("[^/]+/.+");
        if (type.isEmpty()) {
            problems.add(
                    OPTION,
                    "\"" + key + "\" is not a global condition key",
                    GlobalConditionKeys.nearest(key)
                            .map(Suggestion::didYouMean)
                            .orElse("see \"AWS global condition context keys\" in the IAM User Guide"));
        } else if (type.get().equals("Tag") != tag) {
            problems.add(
                    OPTION,
                    "\"" + key + "\" " + (tag ? "is not followed by a name" : "does not name a tag"),
                    tag ? "write " + key.split("/", 2)[0] : "write " + key.replace("/", "") + "/NAME");
            return Optional.empty();
        }
        return type;
    }

    private Optional<String> ofService(String key, String service, Map<String, String> keys) {
        String lower = key.toLowerCase(Locale.ROOT);
        Optional<String> known = keys.keySet().stream()
                .filter(one -> Wildcards.match(one.toLowerCase(Locale.ROOT), lower))
                .findFirst();
        if (known.isEmpty()) {
            problems.add(
                    OPTION,
                    "\"" + key + "\" is not a condition key of " + service + " ("
                            + ActionTable.get().month() + ")",
                    Suggestion.fix(
                            key,
                            keys.keySet(),
                            "see the service's condition keys in the Service Authorization Reference"));
        }
        return known.map(keys::get);
    }

    private void value(String key, String type, String value) {
        String allowed =
                switch (type) {
                    case "Bool" -> value.matches("(?i)true|false") ? "" : "true or false";
                    case "Numeric" -> value.matches("[+-]?[0-9]+(\\.[0-9]+)?") ? "" : "a number";
                    case "Date" -> isDate(value) ? "" : "a date such as 2026-01-31T12:00:00Z, or seconds since 1970";
                    case "IPAddress" ->
                        IPV4.matcher(value).matches() || IPV6.matcher(value).matches()
                                ? ""
                                : "an address such as 203.0.113.7";
                    case "ARN" -> isValid(() -> Arn.parse(value)) ? "" : "a whole ARN";
                    case "Account" -> AccountId.isAccountId(value) ? "" : "an account id of 12 digits";
                    case "Region" -> isValid(() -> Region.check(value)) ? "" : "a region such as eu-central-1";
                    default -> "";
                };
        if (!allowed.isEmpty()) {
            problems.add(OPTION, "\"" + value + "\" as the value of " + key, allowed, "write " + allowed);
        }
    }

    private void ofSession(String key, String value) {
        if (key.equalsIgnoreCase("aws:username")) {
            problems.add(OPTION, key + " is not in the requests of a role", "leave it out");
        }
        session.keys().forEach((known, its) -> {
            if (known.equalsIgnoreCase(key) && !its.equals(value) && !TerraformTemplate.isOpen(its)) {
                problems.add(
                        OPTION,
                        key + " is " + its + " in all requests of this role, not \"" + value + "\"",
                        "leave it out");
            }
        });
    }

    private static boolean isDate(String value) {
        try {
            if (value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                LocalDate.parse(value);
            } else if (!value.matches("[0-9]{1,12}")) {
                OffsetDateTime.parse(value);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isValid(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }
}
