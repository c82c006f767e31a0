package dev.eksplatform.terraform;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Corrects what moto answers wrongly about S3: how many old versions a lifecycle rule keeps is lost, it is put back here. */
final class S3Corrections implements ResponseTransformerV2 {

    private static final Pattern KEPT = Pattern.compile("<NewerNoncurrentVersions>\\d+</NewerNoncurrentVersions>");

    private final Map<String, String> kept = new ConcurrentHashMap<>();

    @Override
    public String getName() {
        return "s3-corrections";
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        Request request = event.getRequest();
        if (!request.getUrl().matches("/[^/?]+/?\\?lifecycle.*")) {
            return response;
        }
        if (request.getMethod().equals(RequestMethod.PUT)) {
            Matcher found = KEPT.matcher(request.getBodyAsString());
            kept.put(request.getUrl(), found.find() ? found.group() : "");
            return response;
        }
        String end = "</NoncurrentVersionExpiration>";
        String body = response.getBodyAsString().replace(end, kept.getOrDefault(request.getUrl(), "") + end);
        return Ec2Corrections.with(response, body);
    }
}
