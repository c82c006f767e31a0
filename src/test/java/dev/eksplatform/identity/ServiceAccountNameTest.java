package dev.eksplatform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountNameTest {

    @Test
    void isNamespaceAndName() {
        assertThat(ServiceAccountName.parse("shop/orders.v2")).isEqualTo(new ServiceAccountName("shop", "orders.v2"));
        assertThat(ServiceAccountName.parse("shop/orders")).hasToString("shop/orders");
    }

    @Test
    void aNameAloneLacksItsNamespace() {
        assertThat(ProblemsOf.making(() -> ServiceAccountName.parse("orders")))
                .containsExactly("\"orders\" is not a ServiceAccount; allowed: namespace/name of lower case letters, "
                        + "digits and -, at most 63 and 253 of them; fix: put the namespace in front: default/orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "Shop/orders", "shop/", "/orders", "shop/orders/x", "shop/*", "sh.op/orders"})
    void otherTextIsRefused(String text) {
        assertThat(ProblemsOf.making(() -> ServiceAccountName.parse(text)))
                .containsExactly("\"" + text + "\" is not a ServiceAccount; allowed: namespace/name of lower case "
                        + "letters, digits and -, at most 63 and 253 of them; fix: write it like shop/orders");
    }
}
