package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/** Where the properties of a record are in the file from which it was read. */
public final class Positions {

    private final YamlDocument document;
    private final SpecType type;

    Positions(YamlDocument document, SpecType type) {
        this.document = document;
        this.type = type;
    }

    /**
     * The place of a property.
     *
     * @param path the property, by its keys in YAML or its names in Java; the key of a {@link YamlForm} may be left out
     * @return the place of its value, or of the nearest owner that is in the file, with the path in terms of the file
     */
    public Place.InFile at(PropertyPath path) {
        PathResolver resolver = new PathResolver(document.root(), type);
        PropertyPath whole = resolver.follow(path);
        return new Place.InFile(resolver.node().start(), whole);
    }

    /**
     * The files that the properties are in.
     *
     * @return their names, that of the file that was read first
     */
    public List<String> files() {
        return document.files();
    }

    /**
     * A problem at its place in the file.
     *
     * @param problem any problem
     * @return the problem with the place of its property; the same when it is not at a property of the record
     */
    public Problem place(Problem problem) {
        return problem.place() instanceof Place.InSpec spec ? problem.at(at(spec.path())) : problem;
    }

    /**
     * Bad input at its places in the file.
     *
     * @param exception what was found after the file was read, such as by a check across records
     * @return an exception with the same problems in the order of the file
     */
    public InvalidInputException place(InvalidInputException exception) {
        PlacedProblems placed = new PlacedProblems(document.file());
        exception.problems().forEach(problem -> placed.add(place(problem)));
        return new InvalidInputException(placed.inOrder());
    }
}
