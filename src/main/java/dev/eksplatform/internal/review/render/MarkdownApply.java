package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.apply.AppliedStack;
import dev.eksplatform.problem.Problem;
import java.util.List;

/** The result of an apply in Markdown, for the comment that has the review: {@code ci/comment.sh} puts it above the review. */
public final class MarkdownApply {

    /** Begins the result; the marker of the comment is before it. */
    public static final String BEGIN = "<!-- eks-platform apply -->";

    /** Ends the result. */
    public static final String END = "<!-- end of eks-platform apply -->";

    private MarkdownApply() {}

    /**
     * Renders a result.
     *
     * @param stacks what became of the stacks, in their order
     * @param problems why the apply was refused; empty when it was not
     * @return Markdown
     */
    public static String render(List<AppliedStack> stacks, List<Problem> problems) {
        long applied = stacks.stream()
                .filter(stack -> stack.outcome() == AppliedStack.Outcome.APPLIED)
                .count();
        boolean all = problems.isEmpty() && applied == stacks.size();
        StringBuilder out = new StringBuilder(MarkdownReview.MARKER + "\n" + BEGIN + "\n## ");
        out.append(all ? "✅ Applied" : applied > 0 ? "❌ Applied in part" : "❌ Not applied")
                .append("\n\n");
        stacks.forEach(stack -> out.append("- ").append(line(stack)).append('\n'));
        problems.forEach(problem ->
                out.append("- ").append(MarkdownText.text(problem.toString())).append('\n'));
        return out.append(END).append('\n').toString();
    }

    private static String line(AppliedStack stack) {
        String said = stack.said().isEmpty() ? "" : ": " + MarkdownText.text(stack.said());
        return MarkdownText.code(stack.stack())
                + switch (stack.outcome()) {
                    case APPLIED -> " is applied" + said;
                    case FAILED -> " failed" + said;
                    case REFUSED -> " was refused" + said;
                    case NOT_REACHED -> " was not reached";
                };
    }
}
