package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.evaluation.PatternAutomaton.Element;
import dev.eksplatform.iam.evaluation.RequestContext.Value;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text or pattern of which parts may be unknown: characters, {@code *}, {@code ?}, and stretches that Terraform or the
 * request's context has yet to fill in. With wildcards, a requested resource is the set of the texts that it matches.
 */
final class Glob {

    private enum Kind {
        CHAR,
        ONE,
        STAR,
        OPEN
    }

    /** Whether a wildcard matches colons. */
    private enum Colons {
        NO,
        NOT_DOCUMENTED,
        YES
    }

    /** A token. A character without {@code colons} belongs to a value, in which a colon does not begin a segment. */
    private record Token(Kind kind, String text, Colons colons) {

        static final Token COLON = new Token(Kind.CHAR, ":", Colons.YES);
        static final Token REST = new Token(Kind.STAR, "*", Colons.YES);

        boolean isMany() {
            return kind == Kind.STAR || kind == Kind.OPEN;
        }

        boolean isColon() {
            return kind == Kind.CHAR && text.equals(":");
        }

        boolean beginsSegment() {
            return isColon() && colons == Colons.YES;
        }

        /** Whether this wildcard matches whatever the other token turns out to be. */
        boolean surelyTakes(Token other) {
            boolean mayHoldColon =
                    switch (other.kind) {
                        case CHAR -> other.isColon();
                        case ONE, STAR -> other.colons != Colons.NO;
                        case OPEN -> true;
                    };
            return colons == Colons.YES || !mayHoldColon;
        }

        /** Whether this wildcard or unknown stretch may match the other token, or a part of it. */
        boolean mayTake(Token other) {
            return kind == Kind.OPEN || colons != Colons.NO || !other.isColon();
        }

        boolean surelyIs(Token other, boolean ignoreCase) {
            return switch (kind) {
                case CHAR -> other.kind == Kind.CHAR && isText(other, ignoreCase);
                case ONE -> (other.kind == Kind.CHAR || other.kind == Kind.ONE) && surelyTakes(other);
                case OPEN -> other.kind == Kind.OPEN && text.equals(other.text);
                case STAR -> false;
            };
        }

        boolean mayBe(Token other, boolean ignoreCase) {
            if (kind == Kind.CHAR && other.kind == Kind.CHAR) {
                return isText(other, ignoreCase);
            }
            return kind == Kind.ONE ? mayTake(other) : other.mayTake(this);
        }

        private boolean isText(Token other, boolean ignoreCase) {
            return ignoreCase ? text.equalsIgnoreCase(other.text) : text.equals(other.text);
        }
    }

    /**
     * Comma and space before the default, as documented; the meaning of any other spelling is unknown. Source: <a
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-default-values">Specifying
     * default values</a>.
     */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([*?$]|[^\\s,'{}]+)(, '([^']*)')?}");

    private static final Pattern ANY_VARIABLE = Pattern.compile("\\$\\{[^'}]*('[^']*'[^'}]*)?}");
    private static final int FIELDS = 6;

    private final List<Token> tokens;
    private final boolean unresolved;

    private Glob(List<Token> tokens, boolean unresolved) {
        this.tokens = tokens;
        this.unresolved = unresolved;
    }

    /** A text of the request, in which no character is a wildcard. */
    static Glob text(String text) {
        List<Token> tokens = new ArrayList<>();
        addText(tokens, text);
        return new Glob(tokens, false);
    }

    /**
     * A text of a policy.
     *
     * @param wildcards whether {@code *} and {@code ?} are wildcards, which match any characters
     * @param variables whether the policy's version has policy variables
     */
    static Glob pattern(String text, boolean wildcards, boolean variables, RequestContext context) {
        List<Token> tokens = new ArrayList<>();
        boolean resolved = add(tokens, text, wildcards, variables, context);
        return new Glob(tokens, !resolved);
    }

    /**
     * The pattern of an ARN, in which {@code *} and {@code ?} match within one segment; a {@code *} that ends its segment
     * also matches what follows. Whether the other wildcards of the resource part match the colons in it is not documented.
     *
     * @param variables whether the policy's version has policy variables
     * @param context resolves variables; {@code null} where only <code>${*}</code>, <code>${?}</code> and <code>${$}</code>
     *     are special
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource:
     *     Using wildcards in resource ARNs</a>
     */
    static Glob arn(String text, boolean variables, @Nullable RequestContext context) {
        List<Token> tokens = new ArrayList<>();
        boolean resolved = add(tokens, text, true, variables, context);
        List<Token> inSegments = new ArrayList<>();
        int field = 0;
        boolean fieldKnown = true;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean ends = i + 1 == tokens.size() || tokens.get(i + 1).beginsSegment();
            fieldKnown &= token.kind != Kind.OPEN;
            field += token.beginsSegment() ? 1 : 0;
            boolean before = fieldKnown && field < FIELDS - 1;
            Colons colons = token.kind == Kind.STAR && ends ? Colons.YES : before ? Colons.NO : Colons.NOT_DOCUMENTED;
            boolean wildcard = token.kind == Kind.STAR || token.kind == Kind.ONE;
            inSegments.add(wildcard ? new Token(token.kind, token.text, colons) : token);
        }
        return new Glob(inSegments, !resolved);
    }

    /** Whether a policy variable has neither a value nor a default: IAM then matches nothing. */
    boolean unresolved() {
        return unresolved;
    }

    /** Whether a part is not known. */
    boolean isOpen() {
        return tokens.stream().anyMatch(token -> token.kind == Kind.OPEN);
    }

    /** The pattern with a {@code *} in each of some more segments. */
    Glob with(int moreSegments) {
        List<Token> all = new ArrayList<>(tokens);
        for (int i = 0; i < moreSegments; i++) {
            all.add(Token.COLON);
            all.add(Token.REST);
        }
        return new Glob(all, unresolved);
    }

    /** Cuts at the first five colons: the fields of an ARN. */
    List<Glob> arnParts() {
        List<Glob> parts = new ArrayList<>();
        List<Token> part = new ArrayList<>();
        for (Token token : tokens) {
            if (parts.size() < FIELDS - 1 && token.isColon()) {
                parts.add(new Glob(part, false));
                part = new ArrayList<>();
            } else {
                part.add(token);
            }
        }
        parts.add(new Glob(part, false));
        return parts;
    }

    /** With each Terraform expression as one {@code #}, each policy variable as one {@code $}: the colons left are an ARN's. */
    static String masked(String text, boolean variables) {
        StringBuilder masked = new StringBuilder();
        for (TerraformTemplate.Part part : TerraformTemplate.parts(text)) {
            masked.append(
                    part.expression()
                            ? "#"
                            : variables ? ANY_VARIABLE.matcher(part.text()).replaceAll("\\$") : part.text());
        }
        return masked.toString();
    }

    /** What it matches for certain, whatever the unknown parts are; empty when that is nothing. */
    Optional<List<Element>> least() {
        return unresolved || isOpen() ? Optional.empty() : Optional.of(elements(Colons.YES));
    }

    /** What it matches at most. */
    List<Element> most() {
        return elements(Colons.NOT_DOCUMENTED);
    }

    private List<Element> elements(Colons least) {
        return tokens.stream()
                .map(token -> {
                    String except = token.colons.compareTo(least) >= 0 ? "" : ":";
                    return switch (token.kind) {
                        case CHAR -> Element.of(token.text.codePointAt(0));
                        case ONE -> Element.any(except);
                        case STAR -> Element.many(except);
                        case OPEN -> Element.many("");
                    };
                })
                .toList();
    }

    /** Whether this pattern matches the text, whatever the unknown parts are; of a set, each of its texts. */
    Truth matches(Glob text, boolean ignoreCase) {
        if (unresolved) {
            return Truth.FALSE;
        }
        int columns = text.tokens.size();
        boolean[] sure = new boolean[columns + 1];
        boolean[] maybe = new boolean[columns + 1];
        sure[0] = true;
        maybe[0] = true;
        for (int j = 1; j <= columns; j++) {
            maybe[j] = maybe[j - 1] && text.tokens.get(j - 1).isMany();
        }
        for (Token token : tokens) {
            boolean[] sureNow = new boolean[columns + 1];
            boolean[] maybeNow = new boolean[columns + 1];
            sureNow[0] = sure[0] && token.kind == Kind.STAR;
            maybeNow[0] = maybe[0] && token.isMany();
            boolean possible = maybeNow[0];
            for (int j = 1; j <= columns; j++) {
                Token other = text.tokens.get(j - 1);
                sureNow[j] = token.kind == Kind.STAR
                        ? sure[j] || (sureNow[j - 1] && token.surelyTakes(other))
                        : sure[j - 1] && token.surelyIs(other, ignoreCase);
                maybeNow[j] = (token.isMany() && (maybe[j] || (maybeNow[j - 1] && token.mayTake(other))))
                        || (other.isMany() && (maybeNow[j - 1] || (maybe[j] && other.mayTake(token))))
                        || (!token.isMany() && !other.isMany() && maybe[j - 1] && token.mayBe(other, ignoreCase));
                possible |= maybeNow[j];
            }
            if (!possible) {
                return Truth.FALSE;
            }
            sure = sureNow;
            maybe = maybeNow;
        }
        return sure[columns] ? Truth.TRUE : maybe[columns] ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** What may begin a wildcard, a variable or an expression. */
    private static final Pattern SPECIAL = Pattern.compile("[*?$%]");

    /**
     * Whether a text of a policy matches a text of the request, see {@link #pattern} and {@link #text}. Most have nothing but
     * characters, and are compared as they are.
     */
    static Truth match(
            String policy,
            boolean wildcards,
            boolean variables,
            RequestContext context,
            String text,
            boolean ignoreCase) {
        if (!SPECIAL.matcher(policy).find() && !SPECIAL.matcher(text).find()) {
            return Truth.of(ignoreCase ? policy.equalsIgnoreCase(text) : policy.equals(text));
        }
        return pattern(policy, wildcards, variables, context).matches(text(text), ignoreCase);
    }

    private static boolean add(
            List<Token> tokens, String text, boolean wildcards, boolean variables, @Nullable RequestContext context) {
        boolean resolved = true;
        for (TerraformTemplate.Part part : TerraformTemplate.parts(text)) {
            if (part.expression()) {
                tokens.add(open(part.text()));
                continue;
            }
            Matcher variable = ANY_VARIABLE.matcher(part.text());
            int from = 0;
            while (variables && variable.find()) {
                addPattern(tokens, part.text().substring(from, variable.start()), wildcards);
                resolved &= addVariable(tokens, variable.group(), context);
                from = variable.end();
            }
            addPattern(tokens, part.text().substring(from), wildcards);
        }
        return resolved;
    }

    private static boolean addVariable(List<Token> tokens, String written, @Nullable RequestContext context) {
        Matcher variable = VARIABLE.matcher(written);
        boolean known = variable.matches();
        String name = known ? variable.group(1) : "";
        if (name.equals("*") || name.equals("?") || name.equals("$")) {
            tokens.add(character(name));
            return true;
        }
        if (context == null) {
            addPattern(tokens, written, true);
            return true;
        }
        if (!known) {
            tokens.add(open(written));
            return true;
        }
        String otherwise = variable.group(3);
        Value value = context.value(name);
        if (value instanceof Value.Present present && present.values().size() == 1) {
            addText(tokens, present.values().get(0));
        } else if (value != Value.Missing.MISSING) {
            // Not known, or with several values, of which IAM takes none.
            tokens.add(open("variable " + name));
        } else if (otherwise != null) {
            addText(tokens, otherwise);
        } else {
            return false;
        }
        return true;
    }

    private static void addPattern(List<Token> tokens, String text, boolean wildcards) {
        text.codePoints().forEach(c -> {
            Kind kind = !wildcards ? Kind.CHAR : c == '*' ? Kind.STAR : c == '?' ? Kind.ONE : Kind.CHAR;
            tokens.add(new Token(kind, Character.toString(c), Colons.YES));
        });
    }

    private static void addText(List<Token> tokens, String text) {
        for (TerraformTemplate.Part part : TerraformTemplate.parts(text)) {
            if (part.expression()) {
                tokens.add(open(part.text()));
            } else {
                part.text().codePoints().forEach(c -> tokens.add(character(Character.toString(c))));
            }
        }
    }

    private static Token character(String text) {
        return new Token(Kind.CHAR, text, Colons.NO);
    }

    private static Token open(String what) {
        return new Token(Kind.OPEN, what, Colons.YES);
    }
}
