package dev.eksplatform.iam.catalogue;

import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyReader;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy that a part of the platform needs, by the part's version. The policies are data: {@code
 * policies/iam/<name>/policy.json} in the source tree, a resource in the jar. Of a version that is not listed the nearest
 * older one counts.
 *
 * <pre>{@code
 * PolicyDocument policy = PolicyCatalogue.of("aws-load-balancer-controller").forVersion("2.8.2").render(Partition.AWS);
 * }</pre>
 */
public final class PolicyCatalogue {

    /** Where the policies are on the class path. */
    static final String ROOT = "/dev/eksplatform/policies/iam/";

    private final String name;
    private final List<String> versions;
    private final Map<String, PolicyTemplate.Parameter> parameters;
    private final List<LocatedJson.Obj> statements;

    private PolicyCatalogue(String name, LocatedJson.Obj file) {
        this.name = name;
        this.versions = strings(file.members().get("versions"));
        this.statements = new ArrayList<>();
        for (LocatedJson statement : ((LocatedJson.Arr) member(file, "statements")).items()) {
            statements.add((LocatedJson.Obj) statement);
        }
        this.parameters = new LinkedHashMap<>();
        if (file.members().get("parameters") instanceof LocatedJson.Obj given) {
            given.members().forEach((key, value) -> {
                LocatedJson.Obj parameter = (LocatedJson.Obj) value;
                parameters.put(
                        key,
                        new PolicyTemplate.Parameter(string(parameter, "description"), string(parameter, "pattern")));
            });
        }
    }

    /**
     * The policy of a part of the platform.
     *
     * @param name the folder of the policy, such as {@code aws-load-balancer-controller}
     * @return the policy in all its versions
     * @throws InvalidInputException when there is none of that name
     */
    public static PolicyCatalogue of(String name) {
        String file = name + "/policy.json";
        if (PolicyCatalogue.class.getResource(ROOT + file) == null) {
            throw new InvalidInputException(new Problem(
                    Place.InSpec.UNKNOWN,
                    "there is no policy for \"" + name + "\"",
                    "write the policy document into the environment"));
        }
        return new PolicyCatalogue(name, resource(file));
    }

    /**
     * The policy for a version of the part.
     *
     * @param version such as {@code 2.8.2} or {@code v2.8.2}
     * @return the document of this version, else of the nearest older one
     * @throws InvalidInputException when the text is not a version or is older than every known one
     */
    public PolicyTemplate forVersion(String version) {
        int[] wanted = numbers(version);
        if (versions.isEmpty()) {
            return template(null);
        }
        String chosen = null;
        for (String known : versions) {
            if (compare(numbers(known), wanted) <= 0) {
                chosen = known;
            }
        }
        if (chosen == null) {
            throw new InvalidInputException(new Problem(
                    name + " " + version + " is older than every policy known here",
                    versions.get(0) + " or newer (the policy changed at " + String.join(", ", versions) + ")",
                    "use a newer " + name + ", or give its policy document yourself"));
        }
        return template(chosen);
    }

    /**
     * The policy for the newest version.
     *
     * @return the newest document
     */
    public PolicyTemplate latest() {
        return template(versions.isEmpty() ? null : versions.get(versions.size() - 1));
    }

    private PolicyTemplate template(@Nullable String version) {
        Problems problems = new Problems();
        PolicyReader reader = new PolicyReader(problems);
        List<Statement> chosen = new ArrayList<>();
        for (LocatedJson.Obj json : statements) {
            Map<String, LocatedJson> members = new LinkedHashMap<>(json.members());
            LocatedJson since = members.remove("ActionSince");
            if (since instanceof LocatedJson.Obj additions && version != null) {
                List<LocatedJson> actions = new ArrayList<>(((LocatedJson.Arr) member(json, "Action")).items());
                additions.members().forEach((from, more) -> {
                    if (compare(numbers(from), numbers(version)) <= 0) {
                        actions.addAll(((LocatedJson.Arr) more).items());
                    }
                });
                members.put("Action", new LocatedJson.Arr(json.place(), actions));
            }
            Optional.ofNullable(reader.statement(new LocatedJson.Obj(json.place(), members, json.keys())))
                    .ifPresent(chosen::add);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the policy data of " + name + " are broken");
        }
        return new PolicyTemplate(name, version, PolicyDocument.of(chosen.toArray(new Statement[0])), parameters);
    }

    static LocatedJson.Obj resource(String path) {
        return (LocatedJson.Obj) LocatedJson.read(path, ProgramFile.read(PolicyCatalogue.class, ROOT + path));
    }

    static LocatedJson member(LocatedJson.Obj object, String key) {
        LocatedJson member = object.members().get(key);
        if (member == null) {
            throw new IllegalStateException(object.place() + " has no " + key);
        }
        return member;
    }

    static String string(LocatedJson.Obj object, String key) {
        return ((LocatedJson.Text) member(object, key)).value();
    }

    static List<String> strings(@Nullable LocatedJson array) {
        List<String> values = new ArrayList<>();
        if (array instanceof LocatedJson.Arr given) {
            given.items().forEach(item -> values.add(((LocatedJson.Text) item).value()));
        }
        return List.copyOf(values);
    }

    private static int[] numbers(String version) {
        if (!version.matches("v?[0-9]{1,6}\\.[0-9]{1,6}\\.[0-9]{1,6}")) {
            throw new InvalidInputException(new Problem(
                    "\"" + version + "\" is not a version", "three numbers, such as 2.8.2", "write all three"));
        }
        String[] part = version.replaceFirst("^v", "").split("\\.", -1);
        return new int[] {Integer.parseInt(part[0]), Integer.parseInt(part[1]), Integer.parseInt(part[2])};
    }

    private static int compare(int[] a, int[] b) {
        return Arrays.compare(a, b);
    }
}
