package dev.eksplatform.construct;

import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptionKeyTest {

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, aws, logs.eu-central-1.amazonaws.com",
        "cn-north-1, aws-cn, logs.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1, aws-us-gov, logs.us-gov-west-1.amazonaws.com",
        "us-iso-east-1, aws-iso, logs.us-iso-east-1.c2s.ic.gov",
        "us-isob-east-1, aws-iso-b, logs.us-isob-east-1.sc2s.sgov.gov",
        "eusc-de-east-1, aws-eusc, logs.eusc-de-east-1.amazonaws.com"
    })
    void cloudWatchLogsOfTheRegionMayUseItForOneLogGroup(String region, String partition, String principal) {
        TerraformStack stack = TestStack.make(region);
        new EncryptionKey(stack, "key", "shop", "Logs of the shop", new EncryptionKey.Logs("Shop", "/shop"));

        String policy = TestStack.configuration(stack)
                .at("/resource/aws_kms_key")
                .findPath("policy")
                .asText();
        assertThat(policy)
                .contains("{\"Service\":\"" + principal + "\"}")
                .contains("{\"AWS\":\"arn:" + partition + ":iam::111122223333:root\"}")
                .contains("\"arn:" + partition + ":logs:" + region + ":111122223333:log-group:/shop\"");
    }
}
