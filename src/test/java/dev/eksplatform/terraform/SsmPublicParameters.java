package dev.eksplatform.terraform;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.eksplatform.testing.TestJson;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public parameters of Systems Manager about the images of EKS nodes, which moto does not have. It answers for every
 * other parameter.
 */
final class SsmPublicParameters implements ResponseDefinitionTransformerV2 {

    private static final Pattern AMAZON_LINUX =
            Pattern.compile("/aws/service/eks/optimized-ami/(1\\.\\d\\d)/amazon-linux-2023/(?:x86_64|arm64)/"
                    + "(?:standard|nvidia|neuron)/recommended/release_version");
    private static final Pattern BOTTLEROCKET = Pattern.compile(
            "/aws/service/bottlerocket/aws-k8s-(1\\.\\d\\d)(?:-nvidia)?(?:-fips)?/(?:x86_64|arm64)/latest/image_version");
    private static final Pattern WINDOWS = Pattern.compile(
            "/aws/service/ami-windows-latest/Windows_Server-20\\d\\d-English-(?:Core|Full)-EKS_Optimized-(1\\.\\d\\d)");

    @Override
    public String getName() {
        return "ssm-public-parameters";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        if (!request.containsHeader("X-Amz-Target")
                || !request.getHeader("X-Amz-Target").equals("AmazonSSM.GetParameter")) {
            return event.getResponseDefinition();
        }
        String name = TestJson.parse(request.getBodyAsString()).path("Name").asText();
        String region = AwsSignature.of(request).region();
        return value(name)
                .map(value -> new ResponseDefinitionBuilder()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/x-amz-json-1.1")
                        .withBody(TestJson.tree(Map.of(
                                        "Parameter",
                                        Map.of(
                                                "Name",
                                                name,
                                                "Type",
                                                "String",
                                                "Value",
                                                value,
                                                "Version",
                                                1,
                                                "ARN",
                                                "arn:aws:ssm:" + region + "::parameter" + name,
                                                "DataType",
                                                "text")))
                                .toString())
                        .build())
                .orElse(event.getResponseDefinition());
    }

    private static Optional<String> value(String name) {
        return release(AMAZON_LINUX, name, "AL2023_")
                .or(() -> release(BOTTLEROCKET, name, "BOTTLEROCKET_"))
                .or(() -> release(WINDOWS, name, "WINDOWS_").map(release -> TestJson.tree(
                                Map.of("image_id", "ami-0a1b2c3d4e5f60718", "release_version", release))
                        .toString()));
    }

    private static Optional<String> release(Pattern form, String name, String image) {
        Matcher matcher = form.matcher(name);
        return matcher.matches() ? Optional.of(AmiReleases.newest(image, matcher.group(1))) : Optional.empty();
    }
}
