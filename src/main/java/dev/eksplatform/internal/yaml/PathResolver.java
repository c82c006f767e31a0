package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a path down the nodes of a document and the types they are bound to, side by side. */
final class PathResolver {

    private YamlNode node;
    private @Nullable SpecType type;
    private PropertyPath path = PropertyPath.ROOT;

    PathResolver(YamlNode root, SpecType type) {
        this.node = root;
        this.type = type;
    }

    /** The last node on the path that is in the file. */
    YamlNode node() {
        return node;
    }

    /** Follows a path as far as the file has it and returns the whole path in terms of the file. */
    PropertyPath follow(PropertyPath wanted) {
        List<PropertyPath.Step> rest = wanted.steps();
        while (!rest.isEmpty() && take(rest.get(0))) {
            rest = rest.subList(1, rest.size());
        }
        if (!rest.isEmpty() && rest.get(0) instanceof PropertyPath.Key first) {
            path = path.key(written(first.name()));
            rest = rest.subList(1, rest.size());
        }
        return path.plus(new PropertyPath(rest));
    }

    private boolean take(PropertyPath.Step step) {
        type = type == null ? null : type.withoutOptional();
        if (type != null && type.kind() == SpecType.Kind.SEALED && choose(type.forms(), step)) {
            return true;
        }
        YamlNode inner = null;
        if (node instanceof YamlNode.Sequence sequence
                && step instanceof PropertyPath.Index index
                && index.index() < sequence.items().size()) {
            inner = sequence.items().get(index.index());
            enter(path.index(index.index()), inner, element());
        } else if (node instanceof YamlNode.Mapping mapping && step instanceof PropertyPath.Key key) {
            String written = written(key.name());
            inner = mapping.get(written);
            if (inner != null) {
                enter(path.key(written), inner, valueType(written));
            }
        }
        return inner != null;
    }

    /** Chooses the type by the form that is in the file; says whether the step is used up by that. */
    private boolean choose(SealedForms forms, PropertyPath.Step step) {
        String name = step instanceof PropertyPath.Key key ? key.name() : "";
        if (node instanceof YamlNode.Sequence) {
            Optional<RecordShape.Component> list =
                    forms.sequence().map(shape -> shape.components().get(0));
            type = list.map(RecordShape.Component::type).orElse(null);
            return list.filter(component -> component.name().equals(name)).isPresent();
        }
        if (node instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1) {
            String key = mapping.entries().keySet().iterator().next();
            SpecType form = forms.keys().get(key);
            YamlNode value = mapping.get(key);
            if (form != null && value != null) {
                enter(path.key(key), value, form);
                return name.equals(key);
            }
        }
        type = forms.plain().map(shape -> SpecType.of(shape.type())).orElse(null);
        return false;
    }

    private void enter(PropertyPath inner, YamlNode value, @Nullable SpecType valueType) {
        path = inner;
        node = value;
        type = valueType;
    }

    private @Nullable SpecType element() {
        boolean isList = type != null && (type.kind() == SpecType.Kind.LIST || type.kind() == SpecType.Kind.SET);
        return isList && type != null ? type.element() : null;
    }

    private @Nullable SpecType valueType(String key) {
        if (type == null) {
            return null;
        }
        return switch (type.kind()) {
            case MAP -> type.element();
            case RECORD ->
                type.shape().byKey(key).map(RecordShape.Component::type).orElse(null);
            default -> null;
        };
    }

    /** The key in YAML of a component that a record may call by its name in Java. */
    private String written(String name) {
        if (type == null || type.kind() != SpecType.Kind.RECORD) {
            return name;
        }
        return type.shape().byKeyOrName(name).map(RecordShape.Component::key).orElse(name);
    }
}
