package dev.eksplatform.iam;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The regions of AWS, from the table {@code regions.txt}, which is read when it is first needed. A name that the table does
 * not have may be that of a newer region when it consists of known words: area, direction and one digit.
 *
 * @see <a href="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html">AWS Regions</a>
 */
public final class Region {

    /** The form of a region's name. */
    public static final String PATTERN = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$";

    private static final Pattern OF_KNOWN_WORDS =
            Pattern.compile(".*-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]");

    private Region() {}

    private static final class Table {
        private static final List<String> NAMES = ProgramFile.read(Region.class, "regions.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Arrays.stream(line.split(" ", -1)).skip(1))
                .toList();
    }

    /**
     * The regions that are known.
     *
     * @return their names, by partition
     */
    public static List<String> known() {
        return Table.NAMES;
    }

    /**
     * The known region that was probably meant.
     *
     * @param name a name that is not known
     * @return the nearest, if one is near
     */
    public static Optional<String> nearest(String name) {
        return Suggestion.nearest(name, known());
    }

    /**
     * Checks a region's name.
     *
     * @param name such as {@code eu-central-1}
     * @throws InvalidInputException when it is neither a known region nor can be a newer one
     */
    public static void check(String name) {
        if (known().contains(name)) {
            return;
        }
        Optional<String> near = nearest(name);
        boolean isRegion = Partition.hasFormOfRegion(name);
        if (isRegion && OF_KNOWN_WORDS.matcher(name).matches()) {
            return;
        }
        if (near.isEmpty()) {
            Partition.ofRegion(name);
        }
        throw new InvalidInputException(new Problem(
                "\"" + name + "\" is not the name of a region",
                "area, direction and number, such as eu-central-1, cn-north-1 or us-gov-west-1",
                near.map(Suggestion::didYouMean).orElse("write the region's code, not its display name or a zone")));
    }
}
