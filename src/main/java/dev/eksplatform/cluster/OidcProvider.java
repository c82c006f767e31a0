package dev.eksplatform.cluster;

import com.hashicorp.cdktf.Fn;
import com.hashicorp.cdktf.TerraformDataSource;
import com.hashicorp.cdktf.TerraformLocal;
import com.hashicorp.cdktf.TerraformResourceConfig;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.data_aws_iam_openid_connect_provider.DataAwsIamOpenidConnectProvider;
import com.hashicorp.cdktf.providers.aws.data_aws_iam_openid_connect_provider.DataAwsIamOpenidConnectProviderConfig;
import com.hashicorp.cdktf.providers.aws.iam_openid_connect_provider.IamOpenidConnectProvider;
import com.hashicorp.cdktf.providers.aws.iam_openid_connect_provider.IamOpenidConnectProviderConfig;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * The IAM OIDC provider through which ServiceAccount tokens of a cluster's issuer are exchanged for the credentials of a
 * role. Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html">IAM
 * OIDC provider for a cluster</a>.
 */
public final class OidcProvider extends PlatformConstruct {

    /** The audience of ServiceAccount tokens that STS takes. */
    static final String STS = "sts.amazonaws.com";

    private static final String SCHEME = "https://";
    private static final String TLS_PROVIDER = "hashicorp/tls";

    /**
     * In 4.0.0 the chain of an issuer that is known after apply is empty. Source: <a
     * href="https://github.com/hashicorp/terraform-provider-tls/issues/244">issue 244</a>.
     */
    private static final String TLS_VERSIONS = ">= 4.0.1, < 5.0.0";

    private final String arn;
    private final String issuer;

    /**
     * Creates the provider, or looks it up when the spec says that it exists.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param issuerUrl the issuer's URL, may be a Terraform reference
     * @param clientIds the audiences it accepts, besides those of the spec
     * @param spec how
     */
    public OidcProvider(Construct scope, String id, String issuerUrl, List<String> clientIds, OidcSpec spec) {
        super(scope, id);
        issuer = hostAndPath(issuerUrl);
        List<String> audiences =
                Stream.concat(clientIds.stream(), spec.audiences().stream()).toList();
        arn = spec.existing() ? lookUp(issuerUrl) : create(issuerUrl, audiences, spec.thumbprint());
    }

    private String hostAndPath(String issuerUrl) {
        if (issuerUrl.startsWith(SCHEME)) {
            return issuerUrl.substring(SCHEME.length());
        }
        // A local, because the issuer becomes a part of keys in trust policies, which are JSON inside a string: an
        // expression with quotes could not stand there.
        return new TerraformLocal(this, "issuer", Fn.trimprefix(issuerUrl, SCHEME)).getAsString();
    }

    private String lookUp(String issuerUrl) {
        return new DataAwsIamOpenidConnectProvider(
                        this,
                        "provider",
                        DataAwsIamOpenidConnectProviderConfig.builder()
                                .url(issuerUrl)
                                .build())
                .getArn();
    }

    private String create(String issuerUrl, List<String> clientIds, ThumbprintSource source) {
        IamOpenidConnectProviderConfig.Builder config =
                IamOpenidConnectProviderConfig.builder().url(issuerUrl).clientIdList(clientIds);
        if (source instanceof ThumbprintSource.Pinned pinned) {
            config.thumbprintList(
                    pinned.thumbprints().stream().map(Thumbprint::value).toList());
        } else if (source instanceof ThumbprintSource.Computed) {
            config.thumbprintList(List.of(servedThumbprint(issuerUrl)));
        }
        return new IamOpenidConnectProvider(this, "provider", config.build()).getArn();
    }

    /** The tls provider orders the chain from its authority down, so the first certificate is the top one served. */
    private String servedThumbprint(String issuerUrl) {
        TerraformStack stack = TerraformStack.of(this);
        stack.addOverride("terraform.required_providers.tls", Map.of("source", TLS_PROVIDER, "version", TLS_VERSIONS));
        TerraformDataSource chain = new TerraformDataSource(
                this,
                "certificates",
                TerraformResourceConfig.builder()
                        .terraformResourceType("tls_certificate")
                        .build());
        chain.addOverride("url", issuerUrl);
        return chain.getStringAttribute("certificates[0].sha1_fingerprint");
    }

    /**
     * The provider's ARN.
     *
     * @return a Terraform reference
     */
    public String arn() {
        return arn;
    }

    /**
     * The issuer as IAM writes it in condition keys: host and path, without the scheme.
     *
     * @return a Terraform reference
     */
    public String issuer() {
        return issuer;
    }
}
