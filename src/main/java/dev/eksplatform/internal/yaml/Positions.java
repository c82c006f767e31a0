package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;

/** Where the properties of a bound environment file stand in the file. */
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
     * @param path the property, see {@link PropertyPath}; by its keys in YAML or its names in Java; the key of a
     *     {@link dev.eksplatform.internal.yaml.YamlForm} may be left out, and dots may stand unquoted in the key of a map
     * @return the place of its value, or of the nearest owner that is in the file, with the path in terms of the file
     */
    public SourcePosition at(String path) {
        return at(PropertyPath.parse(path));
    }

    /**
     * The place of a property.
     *
     * @param path the property
     * @return as {@link #at(String)}
     */
    public SourcePosition at(PropertyPath path) {
        PathResolver walk = new PathResolver(document.root(), type);
        PropertyPath whole = walk.follow(path);
        return walk.node().start().in(document.file(), whole);
    }

    /**
     * Puts the place in the file on a problem.
     *
     * @param problem a problem whose {@code where} is a property of the bound value
     * @return the problem with the place of that property
     */
    public Problem locate(Problem problem) {
        return problem.at(at(problem.where()).toString());
    }

    /**
     * Puts the places in the file on bad input found after binding, such as by a check across specs.
     *
     * @param exception its problems are at properties of the bound value
     * @return an exception with all the problems, each with its place, in the order of the file
     */
    public InvalidInputException relocate(InvalidInputException exception) {
        PlacedProblems placed = new PlacedProblems(document.file());
        exception.problems().forEach(problem -> placed.add(at(problem.where()), problem));
        return placed.toException();
    }
}
