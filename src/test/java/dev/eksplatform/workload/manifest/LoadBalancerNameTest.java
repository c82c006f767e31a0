package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadBalancerNameTest {

    private static final String ALLOWED =
            "allowed: at most 32 letters, digits and -, no - first or last, not beginning with internal-; "
                    + "fix: use a shorter name, or remove the annotation: the controller then generates a name";

    private static List<String> problems(String apiVersion, String kind, String annotation, String name, String spec) {
        return Read.problems(
                "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata:\n  name: web\n  annotations:\n    "
                        + annotation + ": " + name + "\nspec: " + spec + "\n");
    }

    private static List<String> ofService(String name) {
        return problems(
                "v1",
                "Service",
                "service.beta.kubernetes.io/aws-load-balancer-name",
                name,
                "{type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}");
    }

    @Test
    void aLongerNameIsRefused() {
        assertThat(ofService("shop-" + "a".repeat(27))).isEmpty();
        assertThat(ofService("shop-" + "a".repeat(28)))
                .containsExactly(
                        "a.yaml:6:56 metadata.annotations[\"service.beta.kubernetes.io/aws-load-balancer-name\"]: "
                                + "\"shop-aaaaaaaaaaaaaaaaaaaaaaaaaaaa\" is not a valid load balancer name: it has 33 characters; "
                                + ALLOWED);
        assertThat(problems(
                        "networking.k8s.io/v1",
                        "Ingress",
                        "alb.ingress.kubernetes.io/load-balancer-name",
                        "shop-" + "a".repeat(28),
                        "{defaultBackend: {service: {name: web, port: {number: 80}}}}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-shop", "shop-", "shop_web", "internal-shop"})
    void otherFormsAreRefused(String name) {
        assertThat(ofService(name))
                .containsExactly(
                        "a.yaml:6:56 metadata.annotations[\"service.beta.kubernetes.io/aws-load-balancer-name\"]:"
                                + " \"" + name + "\" is not a valid load balancer name; " + ALLOWED);
    }
}
