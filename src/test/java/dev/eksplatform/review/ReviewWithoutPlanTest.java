package dev.eksplatform.review;

import dev.eksplatform.plan.SynthesizedStack;
import java.util.List;

/** What a review says where there is no plan. */
class ReviewWithoutPlanTest {

    static Review review(String base, String head) {
        return Review.of(
                List.of(StackInput.unplanned("shop")
                        .withBase(SynthesizedStack.parse(Example.bytes(base), "base", "shop"))
                        .withHead(SynthesizedStack.parse(Example.bytes(head), "head", "shop"))),
                List.of());
    }
}
