package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks moto itself, in the two protocols that the services in use speak: query with an XML answer, and JSON. */
final class MotoQuery {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    MotoQuery(String address) {
        this.address = URI.create(address);
    }

    /**
     * The answer of an action of EC2 or IAM.
     *
     * @throws Refused when moto answers with an error
     */
    String xml(String service, String region, String action, Map<String, String> parameters) {
        Map<String, String> form = new TreeMap<>(parameters);
        form.put("Action", action);
        form.put("Version", service.equals("iam") ? "2010-05-08" : "2016-11-15");
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(service, region, Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
    }

    /**
     * The answer of an operation of a JSON service.
     *
     * @param target the service's prefix and the operation, such as {@code TrentService.ListKeys}
     * @throws Refused when moto answers with an error
     */
    JsonNode json(String service, String region, String target, String body) {
        return TestJson.parse(send(
                service, region, Map.of("Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", target), body));
    }

    /** The text of every element with this name, in order. */
    List<String> texts(String xml, String element) {
        return Pattern.compile("<" + element + ">([^<]*)</" + element + ">")
                .matcher(xml)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Makes a bucket. */
    void makeBucket(String region, String name) {
        send(request("s3", region, address.resolve("/" + name))
                .PUT(HttpRequest.BodyPublishers.ofString("<CreateBucketConfiguration><LocationConstraint>" + region
                        + "</LocationConstraint></CreateBucketConfiguration>")));
    }

    private String send(String service, String region, Map<String, String> headers, String body) {
        HttpRequest.Builder request = request(service, region, address).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    private static HttpRequest.Builder request(String service, String region, URI uri) {
        return HttpRequest.newBuilder(uri)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/" + region + "/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=0");
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new Refused(answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** moto's answer was an error; the message is its body. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String body) {
            super(body);
        }
    }
}
