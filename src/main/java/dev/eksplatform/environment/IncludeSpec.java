package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Files that an environment file builds on. They are merged when the file is read. */
public sealed interface IncludeSpec {

    /**
     * The files.
     *
     * @return their names, relative to the file that includes them
     */
    List<String> files();

    /**
     * What is left out of them.
     *
     * @return the paths of keys
     */
    List<String> remove();

    /**
     * All of some files, relative to this file; a later one wins.
     *
     * @param files the files
     */
    @YamlForm(sequence = true)
    record All(List<String> files) implements IncludeSpec {

        /** Checks that each is named once. */
        public All {
            files = Components.list("files", files);
            Problems problems = new Problems();
            problems.once(PropertyPath.of("files"), files, "file");
            problems.throwIfAny();
        }

        @Override
        public List<String> remove() {
            return List.of();
        }
    }

    /**
     * Files without some of their keys.
     *
     * @param files the files, relative to this file; a later one wins
     * @param remove the keys that are left out of what the files have together, such as {@code addons.cert-manager} or
     *     {@code identities["shop/orders"]}; default none
     */
    @RecordBuilder
    record Parts(
            @Example("[../base/common.yaml]") List<String> files,

            @Example("[nodeGroups.spot]") @Limit(pattern = KeyPath.PATTERN)
            List<String> remove)
            implements IncludeSpec, IncludeSpecPartsBuilder.With {

        /** Checks files and keys. */
        public Parts {
            files = Components.list("files", files);
            remove = Components.list("remove", remove);
            Problems problems = new Problems();
            problems.once(PropertyPath.of("files"), files, "file");
            problems.collectEach(PropertyPath.of("remove"), remove, KeyPath::parse);
            problems.once(PropertyPath.of("remove"), remove, "key");
            problems.throwIfAny();
        }

        /**
         * Files with all of their keys.
         *
         * @param files the files
         * @return the spec
         */
        @Defaults
        public static Parts of(List<String> files) {
            return new Parts(files, List.of());
        }
    }
}
