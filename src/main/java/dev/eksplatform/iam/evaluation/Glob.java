package dev.eksplatform.iam.evaluation;

import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.evaluation.RequestContext.Value;
import dev.eksplatform.internal.logic.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text or pattern of which parts may be unknown: characters, {@code *}, {@code ?}, and stretches that Terraform or the
 * request's context has yet to fill in.
 */
final class Glob {

    private enum Kind {
        CHAR,
        STAR,
        ONE,
        OPEN
    }

    private record Token(Kind kind, String text) {
        boolean matchesOne(Token other, boolean ignoreCase) {
            if (kind == Kind.ONE) {
                return other.kind == Kind.CHAR;
            }
            return kind == other.kind && (ignoreCase ? text.equalsIgnoreCase(other.text) : text.equals(other.text));
        }
    }

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\s*([^,}]*?)\\s*(?:,\\s*'([^']*)'\\s*)?\\}");

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
     * @param wildcards whether {@code *} and {@code ?} are wildcards
     * @param variables whether the policy's version has policy variables
     */
    static Glob pattern(String text, boolean wildcards, boolean variables, RequestContext context) {
        List<Token> tokens = new ArrayList<>();
        boolean unresolved = false;
        for (TerraformTemplate.Part part : TerraformTemplate.parts(text)) {
            if (part.expression()) {
                tokens.add(new Token(Kind.OPEN, part.text()));
                continue;
            }
            Matcher variable = VARIABLE.matcher(part.text());
            int from = 0;
            while (variables && variable.find()) {
                addPattern(tokens, part.text().substring(from, variable.start()), wildcards);
                unresolved |= !addVariable(tokens, variable, context);
                from = variable.end();
            }
            addPattern(tokens, part.text().substring(from), wildcards);
        }
        return new Glob(tokens, unresolved);
    }

    /** Whether a policy variable has neither a value nor a default: IAM then matches nothing. */
    boolean unresolved() {
        return unresolved;
    }

    /** Whether a part is not known. */
    boolean isOpen() {
        return tokens.stream().anyMatch(token -> token.kind == Kind.OPEN);
    }

    /** Whether this pattern matches the text, whatever the unknown parts are. */
    Truth matches(Glob text, boolean ignoreCase) {
        if (unresolved) {
            return Truth.FALSE;
        }
        if (certain(text, ignoreCase)) {
            return Truth.TRUE;
        }
        boolean open = isOpen() || text.isOpen();
        return open && possible(text, ignoreCase) ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** Cuts at the first five colons: the parts of an ARN. */
    List<Glob> arnParts() {
        List<Glob> parts = new ArrayList<>();
        List<Token> part = new ArrayList<>();
        for (Token token : tokens) {
            if (parts.size() < 5 && token.kind == Kind.CHAR && token.text.equals(":")) {
                parts.add(new Glob(part, false));
                part = new ArrayList<>();
            } else {
                part.add(token);
            }
        }
        parts.add(new Glob(part, false));
        return parts;
    }

    private boolean certain(Glob text, boolean ignoreCase) {
        return Wildcards.match(
                tokens.size(), text.tokens.size(), p -> tokens.get(p).kind == Kind.STAR, (p, t) -> tokens.get(p)
                        .matchesOne(text.tokens.get(t), ignoreCase));
    }

    /** Whether some filling of the unknown parts matches. */
    private boolean possible(Glob text, boolean ignoreCase) {
        int columns = text.tokens.size();
        boolean[] row = new boolean[columns + 1];
        row[0] = true;
        for (int j = 1; j <= columns; j++) {
            row[j] = row[j - 1] && text.tokens.get(j - 1).kind == Kind.OPEN;
        }
        for (Token token : tokens) {
            boolean many = token.kind == Kind.STAR || token.kind == Kind.OPEN;
            boolean[] next = new boolean[columns + 1];
            next[0] = row[0] && many;
            for (int j = 1; j <= columns; j++) {
                Token other = text.tokens.get(j - 1);
                boolean otherMany = other.kind == Kind.OPEN;
                next[j] = (many && (row[j] || next[j - 1]))
                        || (otherMany && (next[j - 1] || row[j]))
                        || (row[j - 1] && token.matchesOne(other, ignoreCase));
            }
            row = next;
        }
        return row[columns];
    }

    private static boolean addVariable(List<Token> tokens, Matcher variable, RequestContext context) {
        String name = variable.group(1);
        if (name.equals("*") || name.equals("?") || name.equals("$")) {
            tokens.add(new Token(Kind.CHAR, name));
            return true;
        }
        Value value = context.value(name);
        if (value instanceof Value.Present present && present.values().size() == 1) {
            addText(tokens, present.values().get(0));
            return true;
        }
        String otherwise = variable.group(2);
        if (value == Value.Missing.MISSING && otherwise != null) {
            addText(tokens, otherwise);
            return true;
        }
        if (value == Value.Missing.MISSING) {
            return false;
        }
        // Not known, or with several values, of which IAM takes none.
        tokens.add(new Token(Kind.OPEN, "variable " + name));
        return true;
    }

    private static void addPattern(List<Token> tokens, String text, boolean wildcards) {
        text.codePoints().forEach(c -> {
            Kind kind = !wildcards ? Kind.CHAR : c == '*' ? Kind.STAR : c == '?' ? Kind.ONE : Kind.CHAR;
            tokens.add(new Token(kind, Character.toString(c)));
        });
    }

    private static void addText(List<Token> tokens, String text) {
        for (TerraformTemplate.Part part : TerraformTemplate.parts(text)) {
            if (part.expression()) {
                tokens.add(new Token(Kind.OPEN, part.text()));
            } else {
                addPattern(tokens, part.text(), false);
            }
        }
    }
}
