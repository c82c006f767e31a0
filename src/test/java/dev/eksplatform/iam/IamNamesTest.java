package dev.eksplatform.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IamNamesTest {

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, aws, amazonaws.com, ec2.amazonaws.com",
        "mx-central-1, aws, amazonaws.com, ec2.amazonaws.com",
        "cn-north-1, aws-cn, amazonaws.com.cn, ec2.amazonaws.com.cn",
        "us-gov-west-1, aws-us-gov, amazonaws.com, ec2.amazonaws.com",
        "us-iso-east-1, aws-iso, c2s.ic.gov, ec2.c2s.ic.gov",
        "us-isob-east-1, aws-iso-b, sc2s.sgov.gov, ec2.sc2s.sgov.gov",
        "eu-isoe-west-1, aws-iso-e, cloud.adc-e.uk, ec2.amazonaws.com",
        "us-isof-south-1, aws-iso-f, csp.hci.ic.gov, ec2.amazonaws.com",
        "eusc-de-east-1, aws-eusc, amazonaws.eu, ec2.amazonaws.com"
    })
    void aRegionTellsItsPartition(String region, String id, String dnsSuffix, String ec2) {
        Partition partition = Partition.ofRegion(region);
        assertThat(partition.id()).isEqualTo(id);
        assertThat(partition.dnsSuffix()).isEqualTo(dnsSuffix);
        assertThat(partition.servicePrincipal("ec2")).isEqualTo(ec2);
        assertThat(partition.servicePrincipal("eks")).isEqualTo("eks.amazonaws.com");
    }

    @ParameterizedTest
    @EnumSource
    void aPartitionIsFoundByItsName(Partition partition) {
        assertThat(Partition.parse(partition.id())).isSameAs(partition);
    }

    @Test
    void unknownPartitionsAndRegionsAreRefused() {
        assertThatThrownBy(() -> Partition.parse("aws-ch"))
                .hasMessage(
                        "\"aws-ch\" is not a partition; allowed: aws, aws-cn, aws-us-gov, aws-eusc, aws-iso, aws-iso-b,"
                                + " aws-iso-e, aws-iso-f; fix: did you mean aws-cn?");
        assertThatThrownBy(() -> Partition.ofRegion("Frankfurt"))
                .hasMessage("\"Frankfurt\" is not the name of a region; allowed: area, direction and number, such as"
                        + " eu-central-1, cn-north-1 or us-gov-west-1; fix: write the region's code, not its display name"
                        + " or a zone");
    }

    @Test
    void anArnSurvivesReadingAndWriting() {
        String text = "arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/AB:C";
        Arn arn = Arn.parse(text);
        assertThat(arn.resource()).isEqualTo("oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/AB:C");
        assertThat(arn).hasToString(text);
        assertThat(Arn.parse("arn:aws:iam::aws:policy/AmazonS3FullAccess").account())
                .isEqualTo("aws");
    }

    @Test
    void theArnOfARoleMayHoldTerraformReferences() {
        assertThat(RoleName.parse("shop").arn("aws", "111122223333")).isEqualTo("arn:aws:iam::111122223333:role/shop");
        assertThat(RoleName.parse("shop").arn("${partition}", "${account}"))
                .isEqualTo("arn:${partition}:iam::${account}:role/shop");
    }

    @Test
    void whatIsNotAnArnIsRefused() {
        assertThatThrownBy(() -> Arn.parse("arn:aws:iam:111122223333:role/x"))
                .hasMessage("\"arn:aws:iam:111122223333:role/x\" is not an ARN; allowed:"
                        + " arn:<partition>:<service>:<region>:<account>:<resource>; fix: copy the whole ARN, such as"
                        + " arn:aws:iam::111122223333:role/name");
    }

    @Test
    void anAccountIdIsTwelveDigits() {
        assertThat(AccountId.parse("012345678901")).hasToString("012345678901");
        assertThatThrownBy(() -> AccountId.parse("12345678901"))
                .hasMessage(
                        "\"12345678901\" is not an account id; allowed: twelve digits, quoted: \"111122223333\"; fix:"
                                + " quote it and keep its leading zeros: \"012345678901\"");
        assertThatThrownBy(() -> AccountId.parse("my-account"))
                .hasMessage(
                        "\"my-account\" is not an account id; allowed: twelve digits, quoted: \"111122223333\"; fix:"
                                + " copy it from `aws sts get-caller-identity`");
    }

    @Test
    void roleNamesKeepIamsLimits() {
        assertThat(RoleName.parse("a".repeat(64)).text()).hasSize(64);
        assertThatThrownBy(() -> RoleName.parse("a".repeat(65)))
                .hasMessageEndingWith("has 65 characters; allowed: at most 64 characters; fix: shorten it by 1");
        assertThatThrownBy(() -> RoleName.parse("shop/orders"))
                .hasMessage(
                        "the role name \"shop/orders\" has a character that IAM refuses; allowed: letters, digits and"
                                + " + = , . @ _ -; fix: use \"shop-orders\"");
        assertThatThrownBy(() -> RoleName.parse(""))
                .hasMessage("an empty role name; allowed: 1 to 64 characters; fix: name it");
    }

    @Property(tries = 200)
    void longNamesAreShortenedAndStayDifferent(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 60, max = 120) String start) {
        RoleName one = RoleName.fitting(start + "-one");
        RoleName two = RoleName.fitting(start + "-two");
        assertThat(one.text().length()).isLessThanOrEqualTo(64);
        assertThat(one).isNotEqualTo(two).isEqualTo(RoleName.fitting(start + "-one"));
    }
}
