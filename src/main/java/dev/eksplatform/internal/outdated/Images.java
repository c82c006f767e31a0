package dev.eksplatform.internal.outdated;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.outdated.VersionItem.Kind;
import dev.eksplatform.workload.manifest.ContainerImage;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images of manifests. Which tags a registry has is not known. */
final class Images {

    private static final Pattern REFERENCE = Pattern.compile("(?<name>.+?)(?::(?<tag>[^:/@]+))?(?:@(?<digest>[^@]+))?");

    private Images() {}

    static List<VersionItem> of(Environment environment) {
        return ContainerImage.in(environment.manifests()).stream()
                .map(Images::item)
                .toList();
    }

    private static VersionItem item(ContainerImage image) {
        Matcher reference = REFERENCE.matcher(image.reference());
        boolean read = reference.matches();
        String name = read ? reference.group("name") : image.reference();
        Optional<String> tag = read ? Optional.ofNullable(reference.group("tag")) : Optional.empty();
        Optional<String> digest = read ? Optional.ofNullable(reference.group("digest")) : Optional.empty();
        if (digest.isPresent()) {
            return VersionItem.unknown(
                    image.place(), Kind.IMAGE, name, digest.get(), "pinned; newer ones are not known");
        }
        if (tag.filter(Images::isFixed).isPresent()) {
            return VersionItem.unknown(
                    image.place(),
                    Kind.IMAGE,
                    name,
                    tag.get(),
                    "a tag without a digest, which its registry may move; newer ones are not known");
        }
        return VersionItem.outdated(
                image.place(),
                Kind.IMAGE,
                name,
                tag.orElse("no tag"),
                Optional.empty(),
                "not pinned: it may be another image after each restart",
                "name a version, best with its digest");
    }

    /** Whether a tag has a number, as those of releases do. */
    private static boolean isFixed(String tag) {
        return tag.chars().anyMatch(Character::isDigit);
    }
}
