package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.document.PolicyDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which resources a pattern of an identity policy matches, by the rules of the IAM User Guide. */
class ResourcePatternTest {

    private static String coverage(String pattern, String resources) {
        RequestContext context = RequestContext.closedExcept("unknown:").with("aws:name", "alice");
        return ResourcePattern.of(pattern, PolicyDocument.CURRENT_VERSION, context)
                .coverage(resources)
                .name();
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            *                                   | arn:aws:s3:::b/k                           | ALL
            *                                   | *                                          | ALL
            arn:aws:s3:::b/*                    | arn:aws:s3:::b/a/b                         | ALL
            arn:aws:s3:::b/*                    | arn:aws:s3:::b/a:b                         | ALL
            arn:aws:s3:::b/*                    | arn:aws:s3:::b                             | NONE
            arn:aws:s3:::b/*/test/*             | arn:aws:s3:::b/1/2/test/3                  | ALL
            arn:aws:s3:::b/*/test/*             | arn:aws:s3:::b/test/3                      | NONE
            arn:aws:s3:::b/a?c                  | arn:aws:s3:::b/abc                         | ALL
            arn:aws:s3:::b/a?c                  | arn:aws:s3:::b/ac                          | NONE
            arn:aws:s3:::B/*                    | arn:aws:s3:::b/k                           | NONE
            arn:aws-cn:s3:::b/*                 | arn:aws:s3:::b/k                           | NONE
            arn:*:s3:::b/*                      | arn:aws-us-gov:s3:::b/k                    | ALL
            # Beyond the fifth colon it is not documented which wildcards match a colon.
            arn:aws:s3:::b/a?c                  | arn:aws:s3:::b/a:c                         | SOME
            arn:aws:s3:::b/*c                   | arn:aws:s3:::b/a:c                         | SOME
            arn:aws:logs:*:*:log-group:*:log-stream:x | arn:aws:logs:r:1:log-group:a:b:log-stream:x | ALL
            """)
    void completePatterns(String pattern, String resource, String expected) {
        assertThat(coverage(pattern, resource)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:sqs:us-east-1?111122223333:q | arn:aws:sqs:us-east-1:111122223333:q      | NONE
            arn:aws:sqs:us-east-?:111122223333:q | arn:aws:sqs:us-east-1:111122223333:q      | ALL
            arn:aws:sqs:us-*-1:111122223333:q    | arn:aws:sqs:us-east-1:111122223333:q      | ALL
            arn:aws:sqs:us*1:111122223333:q      | arn:aws:sqs:us-east-1:999999999999:x1:111122223333:q | NONE
            arn:aws:sns:*1:111122223333:t        | arn:aws:sns:us-east-1:999999999999:x1:111122223333:t | NONE
            arn:aws:sns:us-*:111122223333:t      | arn:aws:sns:us-east-1:999999999999:x:111122223333:t  | ALL
            arn:aws:sns:*:*:t                    | arn:aws:sns:us-east-1:999999999999:a:t     | ALL
            arn:aws:sns:*:1*2:t                  | arn:aws:sns:us-east-1:111111111112:t       | ALL
            arn:aws:sns:us-east-1:*3:t           | arn:aws:sns:us-east-1:999999999999:x3:t    | NONE
            arn:aws:s3:::b*                      | arn:aws:s3:::b/k                           | ALL
            """)
    void wildcardsStayInTheirSegmentUnlessAtItsEnd(String pattern, String resource, String expected) {
        assertThat(coverage(pattern, resource)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:s3                  | arn:aws:s3:::b/k                                    | ALL
            arn:aws:sqs                 | arn:aws:sqs:us-east-1:111122223333:q                | ALL
            arn:aws:sqs                 | arn:aws:sns:us-east-1:111122223333:q                | NONE
            arn:aws-cn:sqs              | arn:aws:sqs:us-east-1:111122223333:q                | NONE
            arn:aws:sqs:us-east-1       | arn:aws:sqs:us-east-1:111122223333:q                | ALL
            arn:aws:sqs:us-east-1       | arn:aws:sqs:eu-west-1:111122223333:q                | NONE
            arn:aws:iam::111122223333   | arn:aws:iam::111122223333:role/x                    | ALL
            arn:aws:iam::111122223333   | arn:aws:iam::999999999999:role/x                    | NONE
            arn:aws:sqs:us-*            | arn:aws:sqs:us-east-1:111122223333:q                | ALL
            arn:aws:s3:*                | arn:aws:s3:::b/k                                    | ALL
            arn:aws:sqs:u?-east-1       | arn:aws:sqs:us-east-1:111122223333:q                | ALL
            # An empty field may be one that is empty, or a missing one.
            arn:aws:s3::                | arn:aws:s3:::b/k                                    | SOME
            arn:aws:sqs::               | arn:aws:sqs:us-east-1:111122223333:q                | SOME
            arn:aws:sqs:                | arn:aws:sns:us-east-1:111122223333:q                | NONE
            # A * that runs on, before fields that are missing.
            arn:aws:dynamodb:*:table/p-* | arn:aws:dynamodb:us-east-1:111122223333:table/p-x  | SOME
            arn:aws:dynamodb:*:table/p-* | arn:aws:dynamodb:us-east-1:111122223333:table/d-x  | NONE
            """)
    void incompleteArnsAreCompleted(String pattern, String resource, String expected) {
        assertThat(coverage(pattern, resource)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            arn              | arn:aws:s3:::b/k | SOME
            arn:aws          | arn:aws:s3:::b/k | SOME
            arn:*            | arn:aws:s3:::b/k | SOME
            **               | arn:aws:s3:::b/k | SOME
            a*               | arn:aws:s3:::b/k | SOME
            arn:aws*:s3:::b/* | arn:aws:s3:::b/k | SOME
            arn:aws:s?:::b/* | arn:aws:s3:::b/k | SOME
            arn:aws:*:::b/*  | arn:aws:s3:::b/k | SOME
            arn:aws:s3:::    | arn:aws:s3:::b/k | NONE
            b/*              | arn:aws:s3:::b/k | NONE
            arn:foo:s3:::b/* | arn:aws:s3:::b/k | NONE
            """)
    void whatIamDoesNotSaveIsNeverKnownToMatch(String pattern, String resource, String expected) {
        assertThat(coverage(pattern, resource)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            arn:aws:s3:::b/${aws:name}/*            | arn:aws:s3:::b/alice/k                     | ALL
            arn:aws:s3:::b/${aws:name}/*            | arn:aws:s3:::b/bob/k                       | NONE
            arn:aws:s3:::b/${aws:none}/*            | arn:aws:s3:::b//k                          | NONE
            arn:aws:s3:::b/${aws:none, 'all'}/*     | arn:aws:s3:::b/all/k                       | ALL
            arn:aws:s3:::b/${aws:none,'all'}/*      | arn:aws:s3:::b/all/k                       | SOME
            arn:aws:s3:::b/${ aws:name }/*          | arn:aws:s3:::b/alice/k                     | SOME
            arn:aws:s3:::b/${unknown:key}/*         | arn:aws:s3:::b/alice/k                     | SOME
            arn:aws:s3:::b/${aws:name/*             | arn:aws:s3:::b/alice/k                     | SOME
            arn:aws:iam::${aws:name}:role/x         | arn:aws:iam::alice:role/x                  | NONE
            arn:aws:sqs:${unknown:key}:1:q          | arn:aws:sqs:us-east-1:1:q                  | NONE
            arn:${aws:name, 'aws'}:sqs:r:1:q        | arn:aws:sqs:r:1:q                          | NONE
            arn:aws:sqs:${aws:name}                 | arn:aws:sqs:alice:1:q                      | SOME
            """)
    void variablesWorkInTheResourcePart(String pattern, String resource, String expected) {
        assertThat(coverage(pattern, resource)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:s3:::b/*      | arn:aws:s3:::b/*                | ALL
            arn:aws:s3:::b/*      | arn:aws:s3:::b/x/*              | ALL
            arn:aws:s3:::b/x/*    | arn:aws:s3:::b/*                | SOME
            arn:aws:s3:::b/x/*    | arn:aws:s3:::b/y/*              | NONE
            arn:aws:s3:::b        | arn:aws:s3:::b*                 | SOME
            arn:aws:s3:::b?       | arn:aws:s3:::b??                | NONE
            arn:aws:s3:::b?       | arn:aws:s3:::b*                 | SOME
            arn:aws:s3:::*        | *                               | SOME
            arn:aws:s3            | arn:aws:s3:::b/*                | ALL
            arn:aws:sqs:us-*:1:q  | arn:aws:sqs:us-east-*:1:q       | ALL
            arn:aws:sqs:us-*t-1:1:q | arn:aws:sqs:us-*ast-1:1:q     | ALL
            arn:aws:sqs:us-*t-1:1:q | arn:aws:sqs:us-*:1:q          | SOME
            arn:aws:s3:::b/*x     | arn:aws:s3:::b/*yx              | SOME
            arn:aws:s3:::b/x*     | arn:aws:s3:::c/*                | NONE
            """)
    void aRequestedPatternIsASet(String pattern, String resources, String expected) {
        assertThat(coverage(pattern, resources)).isEqualTo(expected);
    }

    @Test
    void theVersionOf2008HasNoVariables() {
        ResourcePattern pattern =
                ResourcePattern.of("arn:aws:s3:::b/${aws:name}", "2008-10-17", RequestContext.closed());

        assertThat(pattern.coverage("arn:aws:s3:::b/${aws:name}")).isEqualTo(ResourcePattern.Coverage.ALL);
        assertThat(pattern.coverage("arn:aws:s3:::b/alice")).isEqualTo(ResourcePattern.Coverage.NONE);
    }
}
