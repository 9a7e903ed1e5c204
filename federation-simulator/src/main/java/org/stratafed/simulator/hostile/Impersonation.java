package org.stratafed.simulator.hostile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.network.Link;

/// To be somebody else, or to have a key that counts.
final class Impersonation {

    private static final Duration PARTITION = Duration.ofMinutes(2);
    private static final String FORGED = "it is not its sender's";

    private Impersonation() {}

    /// Somebody whom the peer is not: the room's creator, or another one where that is the victim's
    /// own.
    private static UserId another(Attack attack, SimServer victim) {
        var creator = attack.view().creator();
        return creator.server().equals(victim.name())
                ? new UserId("@somebody:" + attack.victims().getLast().name())
                : creator;
    }

    static void origin(Attack attack) {
        for (var victim : attack.victims()) {
            var another = another(attack, victim).server();
            var body =
                    JsonObject.builder()
                            .put("origin", another.value())
                            .put("origin_server_ts", attack.peer().now())
                            .put("pdus", JsonArray.empty())
                            .build();
            var target = "/_matrix/federation/v1/send/forged" + attack.stage().nextNumber();
            var request =
                    attack.peer()
                            .signer(another, attack.peer().key())
                            .signed("PUT", target, victim.name(), Optional.of(body));
            attack.sendInVain(victim, request, "it is in " + another + "'s name");
        }
    }

    static void transaction(Attack attack) {
        var event = attack.made(attack.message("in another's envelope"));
        for (var victim : attack.victims()) {
            var another = another(attack, victim).server();
            var content =
                    attack.content(
                            "forged" + attack.stage().nextNumber(),
                            another,
                            List.of(event.json()),
                            List.of());
            attack.sendInVain(
                    victim,
                    attack.peer().request(victim, SendTransaction.ENDPOINT, content),
                    "it says it is from " + another);
        }
    }

    /// One signed by the peer under its own name, and one with a signature that is to look like
    /// the other's.
    static void sender(Attack attack) {
        for (var victim : attack.victims()) {
            var draft = attack.draft(another(attack, victim), "m.room.message").text("not me");
            var own = attack.bad(draft, FORGED);
            attack.push(victim, own, forged(attack, draft.text("me neither"), victim));
        }
    }

    private static Pdu forged(Attack attack, Draft draft, SimServer victim) {
        var as = another(attack, victim).server();
        return notStanding(attack, attack.sign(draft.json(), as, keyLike(attack, as)), FORGED);
    }

    /// The key that the other one's servers would name, with another secret.
    private static SigningKey keyLike(Attack attack, ServerName as) {
        var real = attack.stage().simulation().server(as).key();
        return new SigningKey(real.id(), attack.peer().key().seed());
    }

    private static Pdu notStanding(Attack attack, JsonObject signed, String why) {
        var event = EventParser.event(attack.view().rules(), signed);
        attack.stage().orphans().add(event.id());
        attack.peer().mustNotStand().add(event.id(), why);
        return event;
    }

    static void join(Attack attack) {
        for (var victim : attack.victims()) {
            var another = another(attack, victim);
            var draft =
                    attack.draft(another, "m.room.member")
                            .stateKey(another.value())
                            .content(JsonObject.builder().put("membership", "join").build());
            var event = attack.bad(draft, FORGED);
            var question =
                    new SignedMembership(attack.room(), event.id(), new RawPdu(event.json()));
            attack.sendInVain(
                    victim,
                    attack.peer()
                            .request(victim, SendJoin.ENDPOINT, SendJoinRequest.whole(question)),
                    FORGED);
        }
    }

    static void expiredKey(Attack attack) {
        signedWith(attack, attack.peer().expiredKey(), "it is signed with an expired key");
    }

    static void unknownKey(Attack attack) {
        signedWith(attack, attack.peer().makeKey("unheard"), "it is signed with an unknown key");
    }

    private static void signedWith(Attack attack, SigningKey key, String why) {
        var event =
                notStanding(
                        attack,
                        attack.sign(
                                attack.message("signed badly").json(), attack.peer().name(), key),
                        why);
        attack.pushToAll(event);
    }

    /// The victim can't ask the other server itself for a while.
    static void voucher(Attack attack) {
        var victims = attack.victims();
        var victim = victims.getFirst();
        var another = another(attack, victim);
        var faults = attack.stage().simulation().network().faults();
        var cut = new Link(victim.name(), another.server());
        faults.partition(cut);
        attack.stage().later(PARTITION, () -> faults.heal(cut));
        var key = attack.peer().makeKey("voucher");
        attack.peer()
                .answers()
                .give(
                        Answers.KEYS_OF_OTHERS,
                        _ ->
                                Answers.json(
                                        JsonObject.empty()
                                                .with(
                                                        "server_keys",
                                                        JsonArray.of(
                                                                List.of(
                                                                        falseKeys(
                                                                                attack,
                                                                                another.server(),
                                                                                key))))));
        var draft = attack.draft(another, "m.room.message").text("vouched for");
        attack.push(
                victim,
                notStanding(attack, attack.sign(draft.json(), another.server(), key), FORGED));
    }

    private static JsonObject falseKeys(Attack attack, ServerName of, SigningKey key) {
        var peer = attack.peer();
        var signatures = peer.simulation().signatures();
        var keys =
                JsonObject.builder()
                        .put("server_name", of.value())
                        .put("verify_keys", Answers.only(key, peer.answers().published(key)))
                        .put("old_verify_keys", JsonObject.empty())
                        .put("valid_until_ts", peer.now() + Duration.ofDays(1).toMillis())
                        .build();
        var byOwner = JsonSigning.sign(keys, of, key, signatures);
        return JsonSigning.sign(byOwner, peer.name(), peer.key(), signatures);
    }
}
