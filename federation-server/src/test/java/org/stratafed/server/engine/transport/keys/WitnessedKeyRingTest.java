package org.stratafed.server.engine.transport.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transport.ScriptedWire.response;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.transport.PeerServer;
import org.stratafed.server.engine.transport.TransportWorld;
import org.stratafed.server.engine.transport.discovery.AddressPolicy;
import org.stratafed.server.engine.transport.discovery.ServerDiscovery;
import org.stratafed.server.engine.transport.outgoing.ServerExchange;

class WitnessedKeyRingTest {

    private static final KeyId KEY = new KeyId("ed25519:p");
    private static final Duration DAY = Duration.ofDays(1);

    private final TransportWorld world = new TransportWorld();
    private final PeerServer away = new PeerServer("1.1.1.1", KEY.value(), 5);
    private final PeerServer notary = new PeerServer("1.1.1.9", "ed25519:n", 6);
    private final PeerServer other = new PeerServer("1.1.1.8", "ed25519:o", 7);
    private final WitnessedKeyRing ring = ring();

    private WitnessedKeyRing ring() {
        var self = new ServerName("alpha");
        var own =
                OwnKeys.of(
                        self,
                        new SigningKey(new KeyId("ed25519:a"), new byte[SigningKey.SEED_BYTES]),
                        List.of(),
                        world.signatures);
        var policy = new AddressPolicy(false);
        var discovery = new ServerDiscovery(world.wire, world.names, policy, world.loop);
        var exchange = new ServerExchange(world.wire, discovery, world.loop);
        var direct = new KeyFetch(exchange, world.compute, world.signatures, world.loop);
        var firstHand = new ServerKeyRing(own, world.keys, direct, world.telemetry, world.loop);
        var fetch = new NotaryFetch(exchange, world.compute, world.signatures, world.loop);
        return new WitnessedKeyRing(self, firstHand, fetch, world.telemetry, world.loop);
    }

    @Test
    void theKeyOfAServerThatIsAwayIsHadFromANotary() {
        vouches(notary, notary.vouched(away.keyAnswer(inMs(DAY))));

        assertThat(key(notary)).hasValue(valid(inMs(DAY)));

        assertThat(questions())
                .containsExactly(
                        "{\"server_keys\":{\"1.1.1.1\":{\"ed25519:p\":"
                                + "{\"minimum_valid_until_ts\":0}}}}");
    }

    /// It proves no request, as whoever asks without naming notaries wants to.
    @Test
    void whatANotarySaysIsNeitherStoredNorUsedForRequests() {
        vouches(notary, notary.vouched(away.keyAnswer(inMs(DAY))));
        assertThat(key(notary)).isPresent();

        assertThat(world.keys.of(away.name())).isEmpty();
        var wanted = List.of(new WantedKey(away.name(), KEY, 0));
        assertThat(world.outcome(ring.gather(wanted)).of(away.name())).isEmpty();
    }

    @Test
    void aServerThatAnswersItselfIsNotAskedAbout() {
        answers(away, away.keyAnswer(inMs(DAY)));

        assertThat(key(notary)).hasValue(valid(inMs(DAY)));
        assertThat(questions()).isEmpty();
    }

    @Test
    void anAnswerThatTheNotaryDidNotSignIsNothing() {
        vouches(notary, away.keyAnswer(inMs(DAY)));
        assertThat(key(notary)).isEmpty();
    }

    @Test
    void anAnswerThatItsOwnerDidNotSignIsNothing() {
        var forged =
                away.keyAnswer(inMs(DAY)).replace("\"valid_until_ts\":", "\"valid_until_ts\":1");
        vouches(notary, notary.vouched(forged));
        assertThat(key(notary)).isEmpty();
    }

    @Test
    void anAnswerThatSomebodyElseSignedInTheNotarysNameIsNothing() {
        var impostor = new PeerServer(notary.name().value(), notary.keyId().value(), 99);
        vouches(notary, impostor.vouched(away.keyAnswer(inMs(DAY))));
        assertThat(key(notary)).isEmpty();
    }

    @Test
    void whatNobodyAskedForIsNothing() {
        var unasked = new PeerServer("1.1.1.2", KEY.value(), 8);
        vouches(notary, notary.vouched(unasked.keyAnswer(inMs(DAY))));
        assertThat(key(notary)).isEmpty();

        var wanted = List.of(new WantedKey(unasked.name(), KEY, 0));
        assertThat(world.outcome(ring.gather(wanted, List.of())).of(unasked.name())).isEmpty();
    }

    /// Else whoever can make us ask could put words into the mouth of a server that is away.
    @Test
    void aNotaryAddsNoKeyToThoseThatAServerToldUsOf() {
        var known = new ServerKey(other.verifyKey(), inMs(DAY), OptionalLong.empty());
        world.keys.put(away.name(), known);
        vouches(notary, notary.vouched(away.keyAnswer(inMs(DAY))));

        assertThat(key(notary)).isEmpty();
        assertThat(questions()).isEmpty();
    }

    @Test
    void aNotaryReplacesNoKeyThatAServerToldUsOf() {
        world.keys.put(away.name(), valid(1));
        var forged = new PeerServer(away.name().value(), KEY.value(), 66);
        vouches(notary, notary.vouched(forged.keyAnswer(inMs(DAY))));

        assertThat(key(inMs(DAY), notary)).hasValue(valid(1));
        assertThat(questions()).hasSize(1);
    }

    @Test
    void aNotaryCanSayThatAKeyWasValidForLonger() {
        world.keys.put(away.name(), valid(1));
        vouches(notary, notary.vouched(away.keyAnswer(inMs(DAY))));

        assertThat(key(inMs(DAY), notary)).hasValue(valid(inMs(DAY)));
    }

    @Test
    void aKeyIsReliedOnForSevenDaysWhateverIsSaid() {
        vouches(notary, notary.vouched(away.keyAnswer(inMs(Duration.ofDays(1000)))));
        assertThat(key(notary)).hasValue(valid(inMs(Duration.ofDays(7))));
    }

    @Test
    void aServerThatComesBackSpeaksForItself() {
        var forged = new PeerServer(away.name().value(), "ed25519:forged", 66);
        vouches(notary, notary.vouched(forged.keyAnswer(inMs(DAY))));
        var wanted = List.of(new WantedKey(away.name(), forged.keyId(), 0));
        assertThat(world.outcome(ring.gather(wanted, List.of(notary.name()))).of(away.name()))
                .hasSize(1);

        answers(away, away.keyAnswer(inMs(DAY)));
        world.loop.advance(Duration.ofMinutes(1));
        assertThat(world.outcome(ring.gather(wanted, List.of(notary.name()))).of(away.name()))
                .isEmpty();
    }

    @Test
    void oneNotaryIsAskedAfterTheOtherUntilOneKnows() {
        vouches(notary);
        vouches(other, other.vouched(away.keyAnswer(inMs(DAY))));

        assertThat(key(notary, other)).isPresent();
        assertThat(questions()).hasSize(2);
        assertThat(key(other, notary)).isPresent();
        assertThat(questions()).hasSize(2);
    }

    @Test
    void whoWantAKeyAtTheSameTimeShareOneQuestion() {
        vouches(notary, notary.vouched(away.keyAnswer(inMs(DAY))));
        var wanted = List.of(new WantedKey(away.name(), KEY, 0));
        var first = ring.gather(wanted, List.of(notary.name()));
        var second = ring.gather(wanted, List.of(notary.name()));

        assertThat(world.outcome(first).key(away.name(), KEY)).isPresent();
        assertThat(world.outcome(second).key(away.name(), KEY)).isPresent();
        assertThat(questions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"server_keys\":1}", "<html>"})
    void aNotaryThatKnowsNothingIsAskedAgainAfterAWhileThatGrows(String answer) {
        world.wire.at(
                notary.name() + ":8448",
                request ->
                        request.method().equals("POST")
                                ? response(200, answer)
                                : response(200, notary.keyAnswer(inMs(DAY))));
        for (long seconds : List.of(10L, 20L, 40L)) {
            int before = questions().size();
            assertThat(key(notary)).isEmpty();
            assertThat(questions()).hasSize(before + 1);
            world.loop.advance(Duration.ofSeconds(seconds - 1));
            assertThat(key(notary)).isEmpty();
            assertThat(questions()).hasSize(before + 1);
            world.loop.advance(Duration.ofSeconds(1));
        }
        assertThat(world.telemetry.defects()).isEmpty();
    }

    @Test
    void aNotaryIsNotAskedAboutItselfNorAreWe() {
        assertThat(key(away)).isEmpty();
        var self = new PeerServer("alpha", "ed25519:a", 0);
        assertThat(key(self)).isEmpty();
        assertThat(questions()).isEmpty();
    }

    @Test
    void manyServersAreAskedAboutTogether() {
        var wanted = new ArrayList<WantedKey>();
        var said = new ArrayList<String>();
        for (int i = 0; i < 150; i++) {
            var gone = new PeerServer("1.2.3." + i, KEY.value(), 5);
            said.add(notary.vouched(gone.keyAnswer(inMs(DAY))));
            wanted.add(new WantedKey(gone.name(), KEY, 0));
        }
        vouches(notary, said.toArray(String[]::new));

        var book = world.outcome(ring.gather(wanted, List.of(notary.name())));

        assertThat(wanted).allSatisfy(it -> assertThat(book.key(it.server(), KEY)).isPresent());
        assertThat(questions()).hasSize(2);
    }

    private void answers(PeerServer peer, String keyAnswer) {
        world.wire.at(peer.name() + ":8448", _ -> response(200, keyAnswer));
    }

    private void vouches(PeerServer peer, String... said) {
        var body = "{\"server_keys\":[" + String.join(",", said) + "]}";
        world.wire.at(
                peer.name() + ":8448",
                request ->
                        request.method().equals("POST")
                                ? response(200, body)
                                : response(200, peer.keyAnswer(inMs(DAY))));
    }

    private Optional<ServerKey> key(PeerServer... notaries) {
        return key(0, notaries);
    }

    private Optional<ServerKey> key(long minimumValidUntilTs, PeerServer... notaries) {
        var wanted = new WantedKey(away.name(), KEY, minimumValidUntilTs);
        var names = Stream.of(notaries).map(PeerServer::name).toList();
        return world.outcome(ring.gather(List.of(wanted), names)).key(away.name(), KEY);
    }

    private List<String> questions() {
        return world.wire.sent().stream()
                .filter(sent -> sent.request().target().equals("/_matrix/key/v2/query"))
                .map(sent -> new String(sent.request().body(), UTF_8))
                .toList();
    }

    private ServerKey valid(long until) {
        return new ServerKey(away.verifyKey(), until, OptionalLong.empty());
    }

    private long inMs(Duration time) {
        return world.loop.instant().plus(time).toEpochMilli();
    }
}
