package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;

/**
 * A part of what nodes run when they start, before they join the cluster: the text, or <code>{file: NAME}</code> of a file
 * relative to the environment file. On Linux it is a script, which begins with {@code #!}, or what cloud-init knows by its first
 * line: {@code #cloud-config} or {@code #cloud-boothook}. On Windows it is a script for PowerShell. It must contain no secrets.
 *
 * @param text the text
 * @see <a href="https://docs.cloud-init.io/en/latest/explanation/format/index.html">user data formats of cloud-init</a>
 */
@Example("'#!/bin/bash'")
public record UserDataPart(String text) {

    /** Checks that there is a text. */
    public UserDataPart {
        if (text.isBlank()) {
            throw new InvalidInputException(
                    new Problem("an empty part", "a script, or a document of cloud-init", "write it, or remove it"));
        }
    }

    /**
     * Reads a part.
     *
     * @param text the text
     * @return the part
     * @throws InvalidInputException when it is empty
     */
    @ScalarFactory(file = true)
    public static UserDataPart parse(String text) {
        return new UserDataPart(text);
    }

    /** The type of the text in a MIME document; empty when cloud-init does not know it. */
    String mimeType() {
        if (text.startsWith("#!")) {
            return "text/x-shellscript";
        }
        String first = text.lines().findFirst().orElse("").strip();
        return switch (first) {
            case "#cloud-config" -> "text/cloud-config";
            case "#cloud-boothook" -> "text/cloud-boothook";
            default -> "";
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
