package dev.eksplatform.internal.guardrail;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CEL with the variables and functions of guardrails. Values are opaque to CEL and read through functions, because only a
 * function can return an unknown nested value; equality and membership are replaced by three-valued ones.
 */
final class RuleLanguage {

    private static final CelType ANY = SimpleType.DYN;
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType BOOL = SimpleType.BOOL;
    private static final CelType LIST = ListType.create(SimpleType.DYN);

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();
    private final Cel cel;

    RuleLanguage() {
        function("address", TEXT, RuleFunctions::address);
        function("former", ANY, RuleFunctions::former);
        function("lacksSupport", BOOL, RuleFunctions::lacksSupport);
        function("is", BOOL, RuleFunctions::is);
        function("sets", BOOL, RuleFunctions::sets);
        function("refersTo", BOOL, RuleFunctions::refersTo);
        function("blocks", LIST, RuleFunctions::blocks);
        function("texts", LIST, RuleFunctions::blocks);
        function("keys", LIST, RuleFunctions::keys);
        function("document", ANY, RuleFunctions::document);
        function("documents", LIST, RuleFunctions::documents);
        function("statements", LIST, RuleFunctions::statements);
        function("trusts", LIST, RuleFunctions::trusts);
        function("isTrustPolicy", BOOL, RuleFunctions::isTrustPolicy);
        function("trustsSubject", BOOL, RuleFunctions::trustsSubject);
        function("trustsPods", BOOL, RuleFunctions::trustsPods);
        function("permissions", LIST, RuleFunctions::permissions);
        function("managedPolicies", LIST, RuleFunctions::managedPolicies);
        function("serviceAccounts", LIST, RuleFunctions::serviceAccounts);
        function("podIdentities", LIST, RuleFunctions::podIdentities);
        function("isOpenToEverybody", BOOL, RuleFunctions::isOpenToEverybody);
        function("allows", BOOL, RuleFunctions::allows);
        function("onAnyResource", BOOL, RuleFunctions::onAnyResource);
        function("grants", BOOL, RuleFunctions::grants);
        function("namesOtherAccount", BOOL, RuleFunctions::namesOtherAccount);
        function("resources", LIST, RuleFunctions::resources);
        function("ingress", LIST, RuleFunctions::ingress);
        function("egress", LIST, RuleFunctions::egress);
        function("object", ANY, RuleFunctions::object);
        function("holdsSecret", BOOL, RuleFunctions::holdsSecret);
        function("pods", LIST, RuleFunctions::pods);
        function("containers", LIST, RuleFunctions::containers);
        function("major", SimpleType.INT, RuleFunctions::major);
        function("minor", SimpleType.INT, RuleFunctions::minor);
        function("standardSupportDays", SimpleType.INT, RuleFunctions::standardSupportDays);
        function("extendedSupportDays", SimpleType.INT, RuleFunctions::extendedSupportDays);
        declare(
                "get",
                CelOverloadDecl.newMemberOverload("get_2", ANY, ANY, TEXT),
                CelOverloadDecl.newMemberOverload("get_3", ANY, ANY, TEXT, ANY));
        bind("get", binding("get_2", RuleFunctions::get), binding("get_3", RuleFunctions::getOr));
        declare(
                "objects",
                CelOverloadDecl.newMemberOverload("objects_1", LIST, ANY),
                CelOverloadDecl.newMemberOverload("objects_2", LIST, ANY, TEXT));
        bind(
                "objects",
                CelFunctionBinding.from("objects_1", Object.class, RuleFunctions::objects),
                binding("objects_2", RuleFunctions::objectsOfKind));
        declare("referrers", CelOverloadDecl.newMemberOverload("referrers_2", LIST, ANY, ANY));
        bind("referrers", binding("referrers_2", RuleFunctions::referrers));
        global("decoded", TEXT, RuleFunctions::decoded);
        global("json", ANY, RuleFunctions::parse);
        global("yaml", ANY, RuleFunctions::parse);
        global("openCidr", BOOL, RuleFunctions::openCidr);
        global("openCidrs", BOOL, RuleFunctions::openCidrs);
        bind("_==_", binding("equals", (left, right) -> ThreeValued.toCel(ThreeValued.equal(left, right))));
        bind(
                "_!=_",
                binding(
                        "not_equals",
                        (left, right) ->
                                ThreeValued.toCel(ThreeValued.equal(left, right).not())));
        bind(
                "@in",
                CelFunctionBinding.from(
                        "in_list",
                        Object.class,
                        List.class,
                        (element, list) -> ThreeValued.toCel(ThreeValued.in(element, list))),
                CelFunctionBinding.from("in_map", Object.class, Map.class, (key, map) -> map.containsKey(key)));
        cel = CelFactory.plannerCelBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(StandardFunction.EQUALS, StandardFunction.NOT_EQUALS, StandardFunction.IN)
                        .build())
                .setResultType(SimpleType.BOOL)
                .addVar("resource", ANY)
                .addVar("before", ANY)
                .addVar("after", ANY)
                .addVar("change", ANY)
                .addVar("stack", ANY)
                .addVar("review", ANY)
                .addVar("today", TEXT)
                .addVar("unknown", ANY)
                .addFunctionDeclarations(declarations)
                .addFunctionBindings(bindings)
                .build();
    }

    /**
     * Compiles an expression.
     *
     * @throws CelValidationException when it is not CEL, uses an undeclared name, or is never true or false
     */
    RuleExpression compile(String text) throws CelValidationException {
        try {
            return new RuleExpression(cel.createProgram(cel.compile(text).getAst()));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked expression cannot be planned: " + text, e);
        }
    }

    @Immutable
    @FunctionalInterface
    interface Unary {
        Object apply(Object target);
    }

    @Immutable
    @FunctionalInterface
    interface Binary {
        Object apply(Object target, Object argument);
    }

    @Immutable
    @FunctionalInterface
    interface Ternary {
        Object apply(Object target, Object first, Object second);
    }

    private void function(String name, CelType result, Unary body) {
        declare(name, CelOverloadDecl.newMemberOverload(name + "_1", result, ANY));
        bind(name, CelFunctionBinding.from(name + "_1", Object.class, body::apply));
    }

    private void function(String name, CelType result, Binary body) {
        declare(name, CelOverloadDecl.newMemberOverload(name + "_2", result, ANY, TEXT));
        bind(name, binding(name + "_2", body));
    }

    private void function(String name, CelType result, Ternary body) {
        declare(name, CelOverloadDecl.newMemberOverload(name + "_3", result, ANY, TEXT, ANY));
        bind(name, binding(name + "_3", body));
    }

    private void global(String name, CelType result, Unary body) {
        declare(name, CelOverloadDecl.newGlobalOverload(name + "_1", result, ANY));
        bind(name, CelFunctionBinding.from(name + "_1", Object.class, body::apply));
    }

    private static CelFunctionBinding binding(String overload, Binary body) {
        return CelFunctionBinding.from(overload, Object.class, Object.class, body::apply);
    }

    private static CelFunctionBinding binding(String overload, Ternary body) {
        return CelFunctionBinding.from(
                overload,
                ImmutableList.of(Object.class, Object.class, Object.class),
                arguments -> body.apply(arguments[0], arguments[1], arguments[2]));
    }

    private void declare(String name, CelOverloadDecl... overloads) {
        declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overloads));
    }

    private void bind(String name, CelFunctionBinding... overloads) {
        bindings.addAll(CelFunctionBinding.fromOverloads(name, overloads));
    }
}
