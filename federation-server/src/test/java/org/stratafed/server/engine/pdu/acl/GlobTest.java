package org.stratafed.server.engine.pdu.acl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Patterns for server names, against a slow reading of the same words.
class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*, anything.org, true",
        "*, '', true",
        "'', '', true",
        "'', a, false",
        "?, a, true",
        "?, '', false",
        "?, ab, false",
        "evil.org, evil.org, true",
        "evil.org, evilXorg, false",
        "evil.org, not.evil.org, false",
        "evil.org, evil.org.uk, false",
        "*.evil.org, a.b.evil.org, true",
        "*.evil.org, evil.org, false",
        "*evil*, not-evil-at-all.org, true",
        "e?il.*, evil.org, true",
        "EVIL.org, evil.ORG, true",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXbXbXd, false",
        "**, a, true",
        "*a*?*, ba, false",
        "*a*?*, bab, true",
        "10.*.0.?, 10.1.0.7, true",
        "[::*], [::1], true",
    })
    void stands(String pattern, String text, boolean expected) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
    }

    @Test
    void hasTheSameIdeaAsTheDefinitionOfEveryShortPattern() {
        var letters = new char[] {'a', 'b', '*', '?'};
        int compared = 0;
        for (int p = 0; p < 4 * 4 * 4 * 4 * 4; p++) {
            var pattern = word(letters, p, 5);
            for (int t = 0; t < 2 * 2 * 2 * 2 * 2; t++) {
                var text = word(new char[] {'a', 'b'}, t, 5);
                for (int length = 0; length <= 5; length++) {
                    var some = text.substring(length);
                    assertThat(new Glob(pattern).matches(some))
                            .as("%s and %s", pattern, some)
                            .isEqualTo(slowly(pattern, some));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(1_024 * 32 * 6);
    }

    private static String word(char[] letters, int number, int length) {
        var word = new StringBuilder();
        for (int i = 0, rest = number; i < length; i++, rest /= letters.length) {
            word.append(letters[rest % letters.length]);
        }
        return word.toString();
    }

    private static boolean slowly(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        var rest = pattern.substring(1);
        return switch (pattern.charAt(0)) {
            case '*' -> slowly(rest, text) || !text.isEmpty() && slowly(pattern, text.substring(1));
            case '?' -> !text.isEmpty() && slowly(rest, text.substring(1));
            default ->
                    !text.isEmpty()
                            && text.charAt(0) == pattern.charAt(0)
                            && slowly(rest, text.substring(1));
        };
    }

    /// As an expression that tries everything, it would not end in the life of the universe.
    @Test
    void isNotKeptBusyByAPatternOfManyStars() {
        var pattern = "*a".repeat(10_000) + "b";
        assertThat(new Glob(pattern).matches("a".repeat(255))).isFalse();
        assertThat(new Glob("*a".repeat(120) + "*b").matches("a".repeat(255))).isFalse();
        assertThat(new Glob("*a".repeat(120) + "*").matches("a".repeat(255))).isTrue();
    }
}
