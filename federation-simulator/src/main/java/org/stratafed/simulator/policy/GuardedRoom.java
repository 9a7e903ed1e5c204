package org.stratafed.simulator.policy;

import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.MakeJoin;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.scenario.Given;
import org.stratafed.simulator.scenario.Stage;

/// A room whose creator has a policy server look after it: that has joined, and the room names it.
///
/// @param founder who made the room, which is still public
public record GuardedRoom(String room, UserId founder) implements Given {

    /// How such rooms are counted.
    public static final String TITLE = "policy-server";

    @Override
    public void establish(Stage stage) {
        var server = stage.simulation().server(founder.server());
        var version = server.disk().room(stage.room(room)).orElseThrow().version();
        var rules = RoomVersionRules.of(version).orElseThrow();
        var peer =
                stage.kept(Guard.class, () -> new Guard(new PolicyPeer(stage.simulation(), rules)));
        var question =
                new MembershipRequest(
                        stage.room(room), PolicyPeer.USER, RoomVersionRules.supported());
        var guest = peer.peer().guest();
        stage.perform(
                PolicyPeer.USER + " asks to join",
                server,
                guest.send(server, guest.request(server, MakeJoin.ENDPOINT, question)),
                reply ->
                        join(
                                stage,
                                server,
                                peer.peer(),
                                rules,
                                MakeJoin.ENDPOINT.answer().decode(reply.json())));
    }

    /// The policy server of the scenario's room, if it has one.
    public static Optional<PolicyPeer> peer(Stage stage) {
        return stage.find(Guard.class).map(Guard::peer);
    }

    private record Guard(PolicyPeer peer) {}

    private void join(
            Stage stage,
            SimServer server,
            PolicyPeer peer,
            RoomVersionRules rules,
            MembershipTemplate template) {
        var guest = peer.guest();
        var event = template.event().with("origin_server_ts", JsonNumber.of(guest.now()));
        var signed =
                EventSigner.sign(
                        rules,
                        event,
                        PolicyPeer.NAME,
                        peer.serverKey(),
                        stage.simulation().signatures());
        var join = EventParser.event(rules, signed);
        var question =
                SendJoinRequest.whole(
                        new SignedMembership(join.roomId(), join.id(), new RawPdu(signed)));
        stage.perform(
                PolicyPeer.USER + " joins",
                server,
                guest.send(server, guest.request(server, SendJoin.ENDPOINT, question)),
                reply -> {
                    if (!reply.isOk()) {
                        stage.simulation().violations().add("it isn't let in: " + reply);
                    }
                    choose(stage, server, peer);
                });
    }

    void chooseAgain(Stage stage) {
        choose(stage, stage.simulation().server(founder.server()), peer(stage).orElseThrow());
    }

    private void choose(Stage stage, SimServer server, PolicyPeer peer) {
        // Something of it is new each time, or else it would be no event.
        var policy = peer.policy().with("number", JsonNumber.of(stage.nextNumber()));
        stage.perform(
                founder + " chooses a policy server",
                server,
                server.messaging()
                        .rooms()
                        .setState(stage.room(room), founder, "m.room.policy", "", policy),
                id -> stage.simulation().acknowledge(server, id));
    }

    @Override
    public String toString() {
        return room + " has a policy server";
    }
}
