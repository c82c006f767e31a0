package dev.eksplatform.construct;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.data_aws_caller_identity.DataAwsCallerIdentity;
import com.hashicorp.cdktf.providers.aws.data_aws_partition.DataAwsPartition;
import com.hashicorp.cdktf.providers.aws.data_aws_region.DataAwsRegion;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import java.util.Map;
import java.util.WeakHashMap;
import software.constructs.Construct;

/**
 * The AWS account, partition and region of a stack. Declared once for the stack, every ARN in it is plain text that
 * other stacks can compose too; otherwise Terraform looks them up.
 */
public final class Account {

    private static final Map<TerraformStack, Account> BY_STACK = new WeakHashMap<>();

    private final String id;
    private final String partition;
    private final String region;
    private final Partition principals;

    private Account(String id, String partition, String region, Partition principals) {
        this.id = id;
        this.partition = partition;
        this.region = region;
        this.principals = principals;
    }

    /**
     * Declares a stack's account, before anything in the stack asks for it.
     *
     * @param stack the stack
     * @param id the account's twelve digits
     * @param region the region, such as {@code eu-central-1}
     * @return the account
     * @throws IllegalStateException when it was declared or looked up already
     */
    public static synchronized Account declare(TerraformStack stack, AccountId id, String region) {
        Partition partition = Partition.ofRegion(region);
        Account account = new Account(id.digits(), partition.id(), region, partition);
        if (BY_STACK.putIfAbsent(stack, account) != null) {
            throw new IllegalStateException("the account of this stack is in use already: declare it first");
        }
        return account;
    }

    /**
     * The account of the stack that a construct is in.
     *
     * @param scope a construct
     * @return the declared account, or one that Terraform looks up through data sources of the stack
     */
    public static synchronized Account of(Construct scope) {
        return BY_STACK.computeIfAbsent(
                TerraformStack.of(scope),
                stack -> new Account(
                        new DataAwsCallerIdentity(stack, "account").getAccountId(),
                        new DataAwsPartition(stack, "partition").getPartition(),
                        new DataAwsRegion(stack, "region").getName(),
                        Partition.AWS));
    }

    /**
     * The account's id.
     *
     * @return twelve digits, or a Terraform reference
     */
    public String id() {
        return id;
    }

    /**
     * The partition.
     *
     * @return such as {@code aws}, or a Terraform reference
     */
    public String partition() {
        return partition;
    }

    /**
     * The region.
     *
     * @return such as {@code eu-central-1}, or a Terraform reference
     */
    public String region() {
        return region;
    }

    /**
     * The principal of an AWS service in trust policies. For an account that is looked up it is the one of the standard
     * partition: declare the account in others.
     *
     * @param service the service, such as {@code ec2}
     * @return such as {@code ec2.amazonaws.com}
     */
    public String servicePrincipal(String service) {
        return principals.servicePrincipal(service);
    }

    /**
     * The principal of an AWS service in one region, as CloudWatch Logs has it in key policies. The same applies to an account
     * that is looked up as in {@link #servicePrincipal}.
     *
     * @param service the service, such as {@code logs}
     * @return such as {@code logs.eu-central-1.amazonaws.com}
     */
    public String regionalServicePrincipal(String service) {
        return service + "." + region + principals.servicePrincipal(service).substring(service.length());
    }
}
