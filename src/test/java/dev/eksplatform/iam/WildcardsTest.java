package dev.eksplatform.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardsTest {

    @ParameterizedTest
    @CsvSource({
        "s3:Get*, s3:GetObject, true",
        "s3:Get*, s3:PutObject, false",
        "*, '', true",
        "?, '', false",
        "s3:*Object?, s3:GetObjects, true",
        "a*b*c, axxbxxbc, true",
        "a*b*c, axxbxxb, false",
        "aws_iam_role.x[*], 'aws_iam_role.x[\"a\"]', true",
        "*:*, '*', false"
    })
    void coversAWholeText(String pattern, String text, boolean covered) {
        assertThat(Wildcards.match(pattern, text)).isEqualTo(covered);
    }

    /** The same as the regular expression that says what the two signs mean. */
    @Property
    void isWhatARegularExpressionSays(
            @ForAll @StringLength(max = 8) @Chars({'a', 'b', '*', '?'}) String pattern,
            @ForAll @StringLength(max = 10) @Chars({'a', 'b'}) String text) {
        String regex = pattern.replace("*", ".*").replace("?", ".");
        assertThat(Wildcards.match(pattern, text)).isEqualTo(Pattern.matches(regex, text));
    }
}
