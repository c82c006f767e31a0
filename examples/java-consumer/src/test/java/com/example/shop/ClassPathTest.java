package com.example.shop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries of the command line and of the guardrails do not come with the constructs. */
class ClassPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.cel.runtime.CelRuntime",
                "com.google.common.collect.ImmutableList",
                "com.google.protobuf.Message",
                "picocli.CommandLine",
                "org.commonmark.parser.Parser",
                "com.contrastsecurity.sarif.SarifSchema210",
                "com.microsoft.playwright.Playwright"
            })
    void doesNotContain(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
