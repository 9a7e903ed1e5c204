package org.stratafed.simulator.hostile;

import java.util.function.Consumer;
import org.stratafed.api.layer.transport.endpoint.MakeJoin;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Stage;

/// How a hostile peer gets into a room: as anybody does, with a user of its own.
final class Entry {

    private static final ServerName NAME = new ServerName("evil");

    private final Stage stage;
    private final SimRandom random;
    private final HostilePeer peer;
    private final UserId user;
    private final Consumer<Attack> then;

    private Entry(Stage stage, SimRandom random, Consumer<Attack> then) {
        this.stage = stage;
        this.random = random;
        this.then = then;
        peer = stage.kept(HostilePeer.class, () -> new HostilePeer(stage.simulation(), NAME));
        user = new UserId("@mallory" + stage.nextNumber() + ":" + NAME);
    }

    /// Joins the scenario's room through an honest server and goes on from there, when everybody
    /// knows, if it gets in. Answers whether there is a server that may let it in.
    static boolean begin(Stage stage, SimRandom random, Consumer<Attack> then) {
        var residents = Attack.victims(stage, random);
        if (residents.isEmpty()) {
            return false;
        }
        new Entry(stage, random, then).ask(residents.getFirst());
        return true;
    }

    private void ask(SimServer resident) {
        var question = new MembershipRequest(stage.room(""), user, RoomVersionRules.supported());
        stage.perform(
                user + " asks " + resident + " to join",
                resident,
                peer.send(resident, peer.request(resident, MakeJoin.ENDPOINT, question)),
                reply -> {
                    if (reply.isOk()) {
                        join(resident, MakeJoin.ENDPOINT.answer().decode(reply.json()));
                    }
                },
                _ -> {});
    }

    private void join(SimServer resident, MembershipTemplate template) {
        var rules = template.roomVersion().flatMap(RoomVersionRules::of).orElseThrow();
        var event = template.event().with("origin_server_ts", JsonNumber.of(peer.now()));
        var signed =
                EventSigner.sign(rules, event, NAME, peer.key(), stage.simulation().signatures());
        var join = EventParser.event(rules, signed);
        stage.orphans().add(join.id());
        var question = new SignedMembership(join.roomId(), join.id(), new RawPdu(signed));
        stage.perform(
                user + " joins through " + resident,
                resident,
                peer.send(
                        resident,
                        peer.request(resident, SendJoin.ENDPOINT, SendJoinRequest.whole(question))),
                reply -> {
                    if (reply.isOk()) {
                        var answer =
                                SendJoin.ENDPOINT.answer().decode(JsonReader.read(reply.body()));
                        var view = RoomView.of(rules, join, answer);
                        var attack = new Attack(stage, peer, view, user, random);
                        attack.when(
                                () -> attack.agreed("m.room.member", user.value()).isPresent(),
                                () -> then.accept(attack));
                    }
                },
                _ -> {});
    }
}
