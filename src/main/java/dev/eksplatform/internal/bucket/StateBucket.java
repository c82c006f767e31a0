package dev.eksplatform.internal.bucket;

import dev.eksplatform.environment.AssumeRoleSpec;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.StateSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bucket of an environment's states.
 *
 * @param place where it is named
 * @param name its name
 * @param region its region
 * @param partition the partition of its region
 * @param kmsKeyId the KMS key that encrypts it
 * @param providerVersion the versions of the AWS provider
 * @param provider arguments of the AWS provider, by their names in Terraform
 */
public record StateBucket(
        Place place,
        String name,
        String region,
        Partition partition,
        Optional<String> kmsKeyId,
        String providerVersion,
        Map<String, Object> provider) {

    private static final PropertyPath STATE = PropertyPath.of("state");
    private static final PropertyPath S3 = STATE.key("s3");

    /**
     * The buckets of environments.
     *
     * @param environments the environments
     * @return each bucket once
     * @throws InvalidInputException with each environment that has no bucket, or another idea of it than the one before
     */
    public static List<StateBucket> of(List<Environment> environments) {
        Map<String, StateBucket> buckets = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Environment environment : environments) {
            EnvironmentSpec spec = environment.resolved().spec();
            Place place = environment.positions().at(STATE);
            if (spec.state() instanceof StateSpec.S3 s3) {
                StateBucket bucket = of(spec, s3, environment.positions().at(S3));
                StateBucket other = buckets.putIfAbsent(bucket.name, bucket);
                if (other != null && !other.isAs(bucket)) {
                    problems.add(new Problem(
                            bucket.place,
                            bucket.name + " with another region, key, profile or role than at " + other.place,
                            "use the same, or another bucket"));
                }
            } else {
                problems.add(new Problem(
                        place,
                        "the state of " + spec.environment() + " is not in an S3 bucket",
                        "write state: {s3: {bucket: NAME}}"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return List.copyOf(buckets.values());
    }

    private static StateBucket of(EnvironmentSpec spec, StateSpec.S3 s3, Place place) {
        String region = s3.region().orElse(spec.region());
        Map<String, Object> provider = new LinkedHashMap<>();
        provider.put("region", region);
        Optional<AssumeRoleSpec.Role> role = s3.role(spec);
        s3.profile(spec).ifPresent(profile -> provider.put("profile", profile));
        role.ifPresent(one -> provider.put("assume_role", List.of(one.arguments())));
        List<String> accounts = accounts(spec, s3, role);
        if (!accounts.isEmpty()) {
            provider.put("allowed_account_ids", accounts);
        }
        s3.endpoints().ifPresent(endpoints -> {
            Map<String, String> urls = new LinkedHashMap<>();
            endpoints.s3().ifPresent(url -> urls.put("s3", url));
            endpoints.sts().ifPresent(url -> urls.put("sts", url));
            endpoints.iam().ifPresent(url -> urls.put("iam", url));
            provider.put("endpoints", List.of(urls));
        });
        s3.usePathStyle().ifPresent(pathStyle -> provider.put("s3_use_path_style", pathStyle));
        return new StateBucket(
                place,
                s3.bucket().value(),
                region,
                Partition.ofRegion(region),
                s3.kmsKeyId(),
                spec.providers().of("aws").map(Object::toString).orElseGet(() -> ProviderReleases.get()
                        .provider("aws")
                        .orElseThrow()
                        .supported()
                        .toString()),
                provider);
    }

    /** The accounts in which the bucket may be, as far as that is known, so that it is not created in another one by mistake. */
    private static List<String> accounts(EnvironmentSpec spec, StateSpec.S3 s3, Optional<AssumeRoleSpec.Role> role) {
        if (!s3.allowedAccountIds().isEmpty()) {
            return s3.allowedAccountIds().stream().map(AccountId::digits).toList();
        }
        if (role.isPresent()) {
            return List.of(role.get().account());
        }
        boolean own = s3.profile().isPresent() || s3.assumeRole().isPresent();
        return own ? List.of() : List.of(spec.account().digits());
    }

    private boolean isAs(StateBucket other) {
        return region.equals(other.region) && kmsKeyId.equals(other.kmsKeyId) && provider.equals(other.provider);
    }

    String arn() {
        return "arn:" + partition.id() + ":s3:::" + name;
    }
}
