package org.stratafed.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Bodies in the words of a failure.
final class Bytes {

    private static final int CHARS_MAX = 500;

    private Bytes() {}

    static String text(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        return text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "…" : text;
    }
}
