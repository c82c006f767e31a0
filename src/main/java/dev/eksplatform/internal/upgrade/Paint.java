package dev.eksplatform.internal.upgrade;

/**
 * Colours text for a terminal, in the eight colours that every terminal has.
 *
 * @param on false leaves all text as it is
 */
record Paint(boolean on) {

    String bold(String text) {
        return with("1", text);
    }

    String red(String text) {
        return with("31", text);
    }

    String green(String text) {
        return with("32", text);
    }

    String cyan(String text) {
        return with("36", text);
    }

    private String with(String code, String text) {
        return on ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
