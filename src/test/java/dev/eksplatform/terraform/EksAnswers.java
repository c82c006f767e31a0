package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.eksplatform.testing.TestJson;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hands requests that are signed for EKS to {@link EksService} and leaves every other to moto. */
final class EksAnswers implements ResponseDefinitionTransformerV2 {

    private final EksService eks;

    EksAnswers(EksService eks) {
        this.eks = eks;
    }

    @Override
    public String getName() {
        return "eks-answers";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        AwsSignature signature = AwsSignature.of(request);
        return signature.service().equals("eks") ? answer(signature.region(), request) : event.getResponseDefinition();
    }

    private ResponseDefinition answer(String region, Request request) {
        URI url = URI.create(request.getUrl());
        List<String> path = Stream.of(url.getRawPath().substring(1).split("/", -1))
                .map(EksAnswers::decoded)
                .toList();
        ResponseDefinitionBuilder response =
                new ResponseDefinitionBuilder().withHeader("Content-Type", "application/json");
        try {
            String body = request.getBodyAsString();
            JsonNode answer = eks.answer(
                    region,
                    request.getMethod().getName(),
                    path,
                    query(url),
                    TestJson.parse(body.isEmpty() ? "{}" : body));
            return response.withStatus(200).withBody(answer.toString()).build();
        } catch (EksRefusal e) {
            return response.withStatus(e.status())
                    .withHeader("x-amzn-errortype", e.type())
                    .withBody(TestJson.tree(Map.of("message", String.valueOf(e.getMessage())))
                            .toString())
                    .build();
        }
    }

    private static Map<String, List<String>> query(URI url) {
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        return Arrays.stream(query.split("&", -1))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.groupingBy(
                        part -> decoded(part[0]), Collectors.mapping(part -> decoded(part[1]), Collectors.toList())));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
