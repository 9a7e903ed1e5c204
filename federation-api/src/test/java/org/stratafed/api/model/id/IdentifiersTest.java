package org.stratafed.api.model.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// @see <a href="https://spec.matrix.org/v1.19/appendices/#identifier-grammar">Identifier
///     grammar</a>
class IdentifiersTest {

    private static final String HASH = "P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM";

    @ParameterizedTest
    @CsvSource({
        "@alice:example.org, alice, example.org",
        "@a:[::1]:8448, a, [::1]:8448",
        "@a.b_c=d-e/f+g:x:1, a.b_c=d-e/f+g, x:1",
        "@UPPER:x, UPPER, x",
        "@:x, '', x",
        "@a\u0001b c:x, a\u0001b c, x",
        "@日本:x, 日本, x",
        "@@a!:x, @a!, x",
    })
    void aUserIdOfTheHistoricalGrammarIsAccepted(String text, String localpart, String server) {
        var user = UserId.parse(text).orElseThrow();

        assertThat(user.localpart()).isEqualTo(localpart);
        assertThat(user.server()).isEqualTo(new ServerName(server));
        assertThat(user).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "@a",
                "@a:",
                "a:x",
                "!a:x",
                "@a\0:x",
                "@a:x y",
                "@a:b:c",
                "@a:\0",
                "@\uD800:x",
            })
    void whatIsNotAUserIdIsRefused(String text) {
        assertThat(UserId.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new UserId(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "a", "0", "a.b_c=d-e/f+g"})
    void newUsersGetLocalpartsOfTheStrictGrammar(String localpart) {
        assertThat(UserId.isValidNewLocalpart(localpart)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Alice", "a b", "a:b", "é", "a@b", "a!", "a\n"})
    void newUsersDoNotGetHistoricalLocalparts(String localpart) {
        assertThat(UserId.isValidNewLocalpart(localpart)).isFalse();
    }

    @Test
    void identifiersHaveAtMost255BytesHoweverFewTheCharacters() {
        assertThat(UserId.parse("@" + "a".repeat(252) + ":x")).isPresent();
        assertThat(UserId.parse("@" + "a".repeat(253) + ":x")).isEmpty();
        assertThat(UserId.parse("@" + "é".repeat(126) + ":x")).isPresent();
        assertThat(UserId.parse("@" + "é".repeat(127) + ":x")).isEmpty();
        assertThat(EventId.parse("$" + "a".repeat(254))).isPresent();
        assertThat(EventId.parse("$" + "a".repeat(255))).isEmpty();
        assertThat(RoomId.parse("!" + "a".repeat(253) + ":x")).isEmpty();
        assertThat(RoomAlias.parse("#" + "a".repeat(253) + ":x")).isEmpty();
    }

    @Test
    void aRoomIdNamesTheServerThatMadeTheRoomOrItsCreateEvent() {
        var named = RoomId.parse("!r:example.org:1").orElseThrow();
        var hashed = RoomId.parse("!" + HASH).orElseThrow();

        assertThat(named.server()).hasValue(new ServerName("example.org:1"));
        assertThat(named.createEvent()).isEmpty();
        assertThat(hashed.server()).isEmpty();
        assertThat(hashed.createEvent()).hasValue(new EventId("$" + HASH));
        assertThat(RoomId.ofCreateEvent(new EventId("$" + HASH))).isEqualTo(hashed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "!a",
                "!:x",
                "!a:",
                "a:x",
                "!a\0:x",
                "!P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAd",
                "!P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdMM",
                "!P5+6WTYQ/woy6f4nmleE0XqxjtZcyKGza5/gDN+KAdM",
                "$P5-6WTYQ_woy6f4nmleE0XqxjtZcyKGza5_gDN-KAdM",
            })
    void whatIsNotARoomIdIsRefused(String text) {
        assertThat(RoomId.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomId(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$0:domain",
                "$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk",
                "$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg",
            })
    void eventIdsOfAllRoomVersionsAreAccepted(String text) {
        assertThat(EventId.parse(text)).map(EventId::value).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "a", "!a:x", "$a\0"})
    void whatIsNotAnEventIdIsRefused(String text) {
        assertThat(EventId.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new EventId(text));
    }

    @Test
    void anAliasIsANameAndTheServerThatGivesItOut() {
        var alias = RoomAlias.parse("#some room!:example.org").orElseThrow();

        assertThat(alias.localpart()).isEqualTo("some room!");
        assertThat(alias.server()).isEqualTo(new ServerName("example.org"));
        assertThat(Stream.of("", "#", "#a", "#:x", "#a:", "@a:x", "#a\0:x").map(RoomAlias::parse))
                .containsOnly(Optional.empty());
    }

    /// Versions with other characters than the specification has are in use.
    @ParameterizedTest
    @CsvSource({"ed25519:1, ed25519, 1", "ed25519:a_B-c.d, ed25519, a_B-c.d", "x:y:z, x, y:z"})
    void aKeyIdIsAnAlgorithmAndAVersion(String text, String algorithm, String version) {
        var key = KeyId.parse(text).orElseThrow();

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.version()).isEqualTo(version);
        assertThat(key.isEd25519()).isEqualTo(algorithm.equals("ed25519"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "ed25519", "ed25519:", ":1", "ed25519:a b", "ed25519:\"", "a:\\"})
    void whatIsNotAKeyIdIsRefused(String text) {
        assertThat(KeyId.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyId(text));
    }

    @Test
    void opaqueIdentifiersHaveALength() {
        assertThat(TransactionId.parse("x".repeat(255))).isPresent();
        assertThat(TransactionId.parse("x".repeat(256))).isEmpty();
        assertThat(TransactionId.parse("")).isEmpty();
        assertThat(DeviceId.parse("x".repeat(512))).isPresent();
        assertThat(DeviceId.parse("x".repeat(513))).isEmpty();
        assertThat(DeviceId.parse("")).isEmpty();
    }

    /// State resolution ends its ties by this order, so all servers need the same one.
    @Test
    void identifiersAreOrderedByCodePoint() {
        assertThat(List.of(new EventId("$\uD83D\uDE00"), new EventId("$\uFF5E"), new EventId("$a")))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(new UserId("@a:x")).isLessThan(new UserId("@b:x"));
    }

    @Test
    void stateKeysAreOrderedByTypeFirst() {
        var ascending =
                List.of(
                        new StateKeyTuple("a", "z"),
                        new StateKeyTuple("b", ""),
                        new StateKeyTuple("b", "\uFF5E"),
                        new StateKeyTuple("b", "\uD83D\uDE00"));

        assertThat(ascending).isSorted();
    }
}
