package com.example.shop;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import dev.eksplatform.testing.StackAssertions;
import org.junit.jupiter.api.Test;

class ShopPlatformTest {

    private final ShopPlatform shop = new ShopPlatform(StackAssertions.app());

    @Test
    void theClusterIsInTwoZonesAndNodesTakeNoTokenlessMetadataRequests() {
        assertThat(shop.infrastructure())
                .hasResources("aws_eks_cluster", 1)
                .hasResources("aws_subnet", 4)
                .allResources("aws_launch_template")
                .withAttribute("metadata_options.http_tokens", "required");
    }

    @Test
    void theServiceAccountHasItsRole() {
        assertThat(shop.infrastructure()).hasResource("aws_iam_role").withAttribute("name", "shop-shop-orders");
        assertThat(shop.platform())
                .hasResource("kubernetes_service_account_v1")
                .withAttribute("metadata.name", "orders")
                .withAttribute("metadata.namespace", "shop")
                .and()
                .hasResource("helm_release")
                .withAttribute("chart", "podinfo")
                .withAttribute("namespace", "shop");
    }
}
