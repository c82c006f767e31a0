package dev.eksplatform.terraform;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Corrects what moto answers wrongly about EC2:
 *
 * <ul>
 *   <li>the description of a security group rule that refers to a group is lost: it is kept here and put back;
 *   <li>a launch template's own tags appear among those that its instances get;
 *   <li>a launch template shows forever the tags that it was made with.
 * </ul>
 */
final class Ec2Corrections implements ResponseTransformerV2 {

    private static final Pattern RULE_ID = Pattern.compile("<securityGroupRuleId>([^<]+)</securityGroupRuleId>");
    private static final Pattern OWN_TAGS = Pattern.compile(
            "<item>\\s*<resourceType>launch-template</resourceType>\\s*<tagSet>.*?</tagSet>\\s*</item>",
            Pattern.DOTALL);

    private static final Pattern TEMPLATE_TAGS = Pattern.compile(
            "(<launchTemplateId>([^<]+)</launchTemplateId>(?:(?!<launchTemplateId>).)*?)(?:<tagSet/>|<tagSet>.*?</tagSet>)",
            Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("<key>[^<]*</key>|<value>[^<]*</value>|<value/>");

    private final MotoQuery query;
    private final Map<String, String> descriptions = new ConcurrentHashMap<>();

    Ec2Corrections(MotoQuery query) {
        this.query = query;
    }

    @Override
    public String getName() {
        return "ec2-corrections";
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        Map<String, String> form = form(event.getRequest());
        return switch (form.getOrDefault("Action", "")) {
            case "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress" -> {
                remember(form.get("IpPermissions.1.Groups.1.Description"), response.getBodyAsString());
                yield described(response);
            }
            case "ModifySecurityGroupRules" -> {
                modify(form);
                yield response;
            }
            case "DescribeSecurityGroupRules" -> described(response);
            case "DescribeLaunchTemplateVersions" ->
                with(response, OWN_TAGS.matcher(response.getBodyAsString()).replaceAll(""));
            case "DescribeLaunchTemplates" ->
                tagged(response, AwsSignature.of(event.getRequest()).region());
            default -> response;
        };
    }

    private void remember(@Nullable String description, String answer) {
        if (description != null) {
            RULE_ID.matcher(answer).results().forEach(rule -> descriptions.put(rule.group(1), description));
        }
    }

    private void modify(Map<String, String> form) {
        String rule = form.getOrDefault("SecurityGroupRule.1.SecurityGroupRuleId", "");
        String description = form.get("SecurityGroupRule.1.SecurityGroupRule.Description");
        if (description != null && form.containsKey("SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId")) {
            descriptions.put(rule, description);
        } else {
            descriptions.remove(rule);
        }
    }

    private Response described(Response response) {
        return with(response, RULE_ID.matcher(response.getBodyAsString()).replaceAll(rule -> {
            String description = descriptions.get(rule.group(1));
            return Matcher.quoteReplacement(rule.group()
                    + (description == null ? "" : "<description>" + escaped(description) + "</description>"));
        }));
    }

    private Response tagged(Response response, String region) {
        return with(response, TEMPLATE_TAGS.matcher(response.getBodyAsString()).replaceAll(template -> {
            String current = query.xml(
                    "ec2",
                    region,
                    "DescribeTags",
                    Map.of("Filter.1.Name", "resource-id", "Filter.1.Value.1", template.group(2)));
            String tags = Pattern.compile("<item>.*?</item>", Pattern.DOTALL)
                    .matcher(current)
                    .results()
                    .map(tag -> "<item>"
                            + TAG.matcher(tag.group())
                                    .results()
                                    .map(MatchResult::group)
                                    .collect(Collectors.joining())
                            + "</item>")
                    .collect(Collectors.joining("", "<tagSet>", "</tagSet>"));
            return Matcher.quoteReplacement(template.group(1) + tags);
        }));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static Response with(Response response, String body) {
        HttpHeaders headers = new HttpHeaders(response.getHeaders().all().stream()
                .filter(header -> !header.keyEquals("Content-Length"))
                .toList());
        return Response.Builder.like(response).but().headers(headers).body(body).build();
    }

    private static Map<String, String> form(Request request) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : request.getBodyAsString().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
