package dev.eksplatform.problem;

/** Where a problem is. Its text is the first part of an error. */
public sealed interface Place {

    /**
     * A place in a file.
     *
     * @param position the position in the file
     * @param path the property at that position; {@link PropertyPath#ROOT} for the file as a whole
     */
    record InFile(SourcePosition position, PropertyPath path) implements Place {

        @Override
        public String toString() {
            return path.steps().isEmpty() ? position.toString() : position + " " + path;
        }
    }

    /**
     * A property of a spec that does not know where it came from.
     *
     * @param path the property relative to the spec; {@link PropertyPath#ROOT} for the spec itself
     */
    record InSpec(PropertyPath path) implements Place {

        /** A value itself, when it does not know where it came from. */
        public static final Place UNKNOWN = new InSpec(PropertyPath.ROOT);

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A construct of a program.
     *
     * @param path the path of the construct, such as {@code shop-infrastructure/cluster}
     */
    record InConstruct(String path) implements Place {

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * An option or argument of a command, or what the command needs from the machine.
     *
     * @param argument such as {@code --output}, {@code Node.js} or the path of a folder
     */
    record OnCommandLine(String argument) implements Place {

        @Override
        public String toString() {
            return argument;
        }
    }

    /**
     * A file as a whole.
     *
     * @param file the path of the file
     * @return the place
     */
    static Place file(Object file) {
        return new InFile(SourcePosition.of(file.toString()), PropertyPath.ROOT);
    }

    /**
     * A property of a spec.
     *
     * @param path the property relative to the spec
     * @return the place
     */
    static Place of(PropertyPath path) {
        return new InSpec(path);
    }

    /**
     * The same place seen from the owner of a spec.
     *
     * @param owner the property of the owner that holds the spec
     * @return a place in the owner's spec; this place when it is not in a spec
     */
    default Place under(PropertyPath owner) {
        return this instanceof InSpec spec ? new InSpec(owner.plus(spec.path())) : this;
    }
}
