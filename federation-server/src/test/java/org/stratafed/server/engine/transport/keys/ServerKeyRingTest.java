package org.stratafed.server.engine.transport.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transport.ScriptedWire.response;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.transport.PeerServer;
import org.stratafed.server.engine.transport.TransportWorld;
import org.stratafed.server.engine.transport.discovery.AddressPolicy;
import org.stratafed.server.engine.transport.discovery.ServerDiscovery;
import org.stratafed.server.engine.transport.outgoing.ServerExchange;

class ServerKeyRingTest {

    private static final ServerName PEER = new ServerName("1.1.1.1");
    private static final KeyId KEY = new KeyId("ed25519:p");
    private static final Duration DAY = Duration.ofDays(1);

    private final TransportWorld world = new TransportWorld();
    private final PeerServer peer = new PeerServer(PEER.value(), KEY.value(), 5);
    private final OwnKeys own =
            OwnKeys.of(
                    new ServerName("alpha"),
                    new SigningKey(new KeyId("ed25519:a"), new byte[SigningKey.SEED_BYTES]),
                    List.of(key(9, "ed25519:old", 0, OptionalLong.of(77))),
                    world.signatures);
    private final ServerKeyRing ring = ring();

    private ServerKeyRing ring() {
        var policy = new AddressPolicy(false);
        var discovery = new ServerDiscovery(world.wire, world.names, policy, world.loop);
        var exchange = new ServerExchange(world.wire, discovery, world.loop);
        var fetch = new KeyFetch(exchange, world.compute, world.signatures, world.loop);
        return new ServerKeyRing(own, world.keys, fetch, world.telemetry, world.loop);
    }

    @Test
    void aKeyIsFetchedFromItsOwnerOnceAndThenKnown() {
        answers(() -> peer.keyAnswer(inMs(DAY)));

        assertThat(wanted(0)).hasValue(valid(inMs(DAY)));
        assertThat(wanted(0)).isPresent();

        assertThat(world.wire.sent())
                .extracting(Object::toString)
                .containsExactly("1.1.1.1:8448 1.1.1.1/_matrix/key/v2/server");
        assertThat(world.keys.of(PEER)).containsExactly(valid(inMs(DAY)));
    }

    @Test
    void aStoredKeyIsEnough() {
        world.keys.put(PEER, valid(inMs(DAY)));

        assertThat(wanted(inMs(DAY))).isPresent();
        assertThat(wanted(inMs(DAY))).isPresent();

        assertThat(world.wire.sent()).isEmpty();
        assertThat(world.keys.reads()).isOne();
    }

    @Test
    void whoWantKeysAtTheSameTimeShareOneFetch() {
        answers(() -> peer.keyAnswer(inMs(DAY)));
        var first = ring.gather(List.of(new WantedKey(PEER, KEY, 0)));
        var second = ring.gather(List.of(new WantedKey(PEER, new KeyId("ed25519:q"), 0)));
        var third = ring.gather(List.of(new WantedKey(PEER, KEY, 0)));

        assertThat(world.outcome(first).book().key(PEER, KEY)).isPresent();
        assertThat(world.outcome(second).book().of(PEER)).isEmpty();
        assertThat(world.outcome(third).book().key(PEER, KEY)).isPresent();
        assertThat(world.wire.sent()).hasSize(1);
        assertThat(world.keys.reads()).isOne();
    }

    @Test
    void aKeyIsReliedOnForSevenDaysWhateverItsOwnerSays() {
        answers(() -> peer.keyAnswer(inMs(Duration.ofDays(1000))));

        assertThat(wanted(0)).hasValue(valid(inMs(Duration.ofDays(7))));
    }

    @Test
    void aKeyThatIsNotValidForLongEnoughIsFetchedAnew() {
        world.keys.put(PEER, valid(inMs(DAY)));
        answers(() -> peer.keyAnswer(inMs(Duration.ofDays(2))));

        assertThat(wanted(inMs(DAY) + 1)).hasValue(valid(inMs(Duration.ofDays(2))));
        assertThat(world.keys.of(PEER)).containsExactly(valid(inMs(Duration.ofDays(2))));
    }

    @Test
    void aKeyIsFetchedAnewOnceAndNotForEachWish() {
        answers(() -> peer.keyAnswer(inMs(DAY)));

        for (int i = 0; i < 3; i++) {
            assertThat(wanted(inMs(Duration.ofDays(2)))).hasValue(valid(inMs(DAY)));
        }
        assertThat(world.wire.sent()).hasSize(1);

        world.loop.advance(Duration.ofSeconds(30));
        wanted(inMs(Duration.ofDays(2)));
        assertThat(world.wire.sent()).hasSize(2);
    }

    /// An event from the far future would have us ask its server each time.
    @Test
    void aValidityThatNoAnswerCanGiveIsNotAskedFor() {
        world.keys.put(PEER, valid(inMs(DAY)));

        assertThat(wanted(inMs(Duration.ofDays(8)))).isPresent();
        assertThat(world.wire.sent()).isEmpty();
    }

    @Test
    void aKeyStaysValidForAsLongAsWasPromisedOnce() {
        world.keys.put(PEER, valid(inMs(DAY)));
        answers(() -> peer.keyAnswer(inMs(Duration.ofHours(1))));

        assertThat(wanted(inMs(Duration.ofDays(2)))).hasValue(valid(inMs(DAY)));
    }

    @Test
    void oldKeysComeWithTheTimeTheyWentOutOfUse() {
        var old = key(6, "ed25519:o", 0, OptionalLong.of(1000));
        var base64 = UnpaddedBase64.encode(old.key().bytes());
        var entry = "\"ed25519:o\":{\"expired_ts\":1000,\"key\":\"" + base64 + "\"}";
        var malformed = "\"ed25519:x\":{\"key\":\"" + base64 + "\"},\"rsa:1\":{\"expired_ts\":1}";
        answers(() -> peer.keyAnswer(PEER.value(), inMs(DAY), entry + "," + malformed));

        var wanted = List.of(new WantedKey(PEER, old.key().id(), 0), new WantedKey(PEER, KEY, 0));
        var book = world.outcome(ring.gather(wanted)).book();

        assertThat(book.of(PEER).values()).containsExactly(old, valid(inMs(DAY)));
        assertThat(world.keys.of(PEER)).containsExactly(valid(inMs(DAY)), old);
    }

    @Test
    void anOldKeyIsNotFetchedAnew() {
        world.keys.put(PEER, key(5, KEY.value(), 0, OptionalLong.of(1000)));

        assertThat(wanted(inMs(DAY))).isPresent();
        assertThat(world.wire.sent()).isEmpty();
    }

    @Test
    void anAnswerAboutAnotherServerIsRefused() {
        answers(() -> peer.keyAnswer("1.1.1.2", inMs(DAY), ""));

        assertThat(wanted(0)).isEmpty();
        assertThat(world.telemetry.peers()).singleElement().asString().contains("another server");
        assertThat(world.keys.of(PEER)).isEmpty();
    }

    @Test
    void anAnswerThatIsNotSignedWithItsOwnKeyIsRefused() {
        var good = peer.keyAnswer(inMs(DAY));
        var forged =
                List.of(
                        good.replaceAll("\"signatures\":\\{.*?\\}\\},", ""),
                        good.replace("\"signatures\":{\"1.1.1.1\"", "\"signatures\":{\"1.1.1.2\""),
                        good.replace("\"valid_until_ts\":", "\"valid_until_ts\":1"),
                        good.replace("\"server_name\"", "\"x\":1,\"server_name\""));
        for (String answer : forged) {
            assertThat(answer).isNotEqualTo(good);
            answers(() -> answer);
            assertThat(wanted(0)).isEmpty();
            world.loop.advance(Duration.ofHours(1));
        }
        assertThat(world.wire.sent()).hasSize(forged.size());
        assertThat(world.keys.of(PEER)).isEmpty();
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        var answers =
                List.of(
                        "",
                        "[]",
                        "{}",
                        "<html>",
                        "{\"server_name\":\"1.1.1.1\",\"x\":\"\\ud800\"}");
        for (String answer : answers) {
            answers(() -> answer);
            assertThat(wanted(0)).isEmpty();
            world.loop.advance(Duration.ofHours(1));
        }
        assertThat(world.wire.sent()).hasSize(answers.size());
        assertThat(world.telemetry.defects()).isEmpty();
    }

    @Test
    void aServerThatFailedIsAskedAgainAfterAWhileThatGrowsToAFewMinutes() {
        for (long seconds : List.of(10L, 20L, 40L, 80L, 160L, 320L, 640L, 640L)) {
            int before = world.wire.sent().size();
            assertThat(wanted(0)).isEmpty();
            assertThat(world.wire.sent()).hasSize(before + 1);

            world.loop.advance(Duration.ofSeconds(seconds - 1));
            assertThat(wanted(0)).isEmpty();
            assertThat(world.wire.sent()).hasSize(before + 1);
            world.loop.advance(Duration.ofSeconds(1));
        }

        answers(() -> peer.keyAnswer(inMs(DAY)));
        assertThat(wanted(0)).isPresent();
    }

    @Test
    void ownKeysAreThereWithoutAskingAnybody() {
        var wanted = new WantedKey(own.server(), new KeyId("ed25519:a"), inMs(DAY));

        var book = world.outcome(ring.gather(List.of(wanted))).book();

        assertThat(book.of(own.server()).sequencedKeySet())
                .containsExactly(new KeyId("ed25519:a"), new KeyId("ed25519:old"));
        assertThat(book.key(own.server(), new KeyId("ed25519:a")).orElseThrow().key())
                .isEqualTo(own.verifyKey());
        assertThat(world.wire.sent()).isEmpty();
        assertThat(world.keys.reads()).isZero();
    }

    @Test
    void aStoreThatCantBeReadIsReportedAndTheServerAskedInstead() {
        world.keys.isBroken(true);
        answers(() -> peer.keyAnswer(inMs(DAY)));

        assertThat(wanted(0)).isPresent();
        assertThat(world.telemetry.defects())
                .containsExactly(
                        "loading keys of 1.1.1.1: the disk is gone",
                        "saving keys of 1.1.1.1: the disk is gone");
    }

    /// It could fill the store by changing its keys all the time.
    @Test
    void aServerThatHadTooManyKeysIsBelievedButNotStored() {
        for (int i = 0; i < KeyAnswer.KEYS_MAX; i++) {
            world.keys.put(PEER, key(7, "ed25519:k" + i, inMs(DAY), OptionalLong.empty()));
        }
        answers(() -> peer.keyAnswer(inMs(DAY)));

        assertThat(wanted(0)).isPresent();
        assertThat(world.keys.of(PEER)).hasSize(KeyAnswer.KEYS_MAX);
    }

    @Test
    void theKeysOfManyServersComeAllTogether() {
        var wanted = new ArrayList<WantedKey>();
        for (int i = 0; i < 300; i++) {
            var name = new ServerName("1.2." + i / 250 + "." + i % 250);
            var server = new PeerServer(name.value(), KEY.value(), 5);
            world.wire.at(name + ":8448", _ -> response(200, server.keyAnswer(inMs(DAY))));
            wanted.add(new WantedKey(name, KEY, 0));
        }

        var book = world.outcome(ring.gather(wanted)).book();

        assertThat(wanted).allSatisfy(it -> assertThat(book.key(it.server(), KEY)).isPresent());
        assertThat(world.wire.sent()).hasSize(300);
    }

    @Test
    void whoWantsNothingGetsNothing() {
        assertThat(world.outcome(ring.gather(List.of())).book().of(PEER)).isEmpty();
    }

    private void answers(Supplier<String> answer) {
        world.wire.at("1.1.1.1:8448", _ -> response(200, answer.get()));
    }

    private Optional<ServerKey> wanted(long minimumValidUntilTs) {
        var wanted = new WantedKey(PEER, KEY, minimumValidUntilTs);
        return world.outcome(ring.gather(List.of(wanted))).book().key(PEER, KEY);
    }

    private ServerKey valid(long until) {
        return new ServerKey(peer.verifyKey(), until, OptionalLong.empty());
    }

    private long inMs(Duration time) {
        return world.loop.instant().plus(time).toEpochMilli();
    }

    private static ServerKey key(int seed, String id, long validUntil, OptionalLong expired) {
        return new ServerKey(new PeerServer("x", id, seed).verifyKey(), validUntil, expired);
    }
}
