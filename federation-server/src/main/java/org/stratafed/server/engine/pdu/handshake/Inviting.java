package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.server.engine.pdu.approval.Approval;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.BuildEvent;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Inviting users of other servers: their server signs the invite before it enters the room. The
/// room's policy server, if it has one, does so before anybody else gets to see it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room">Inviting to a
///     room</a>
public final class Inviting {

    /// What an invited user is told of the room.
    static final List<StateKeyTuple> TOLD =
            List.of(
                    new StateKeyTuple("m.room.create", ""),
                    new StateKeyTuple("m.room.join_rules", ""),
                    new StateKeyTuple("m.room.name", ""),
                    new StateKeyTuple("m.room.topic", ""),
                    new StateKeyTuple("m.room.avatar", ""),
                    new StateKeyTuple("m.room.canonical_alias", ""),
                    new StateKeyTuple("m.room.encryption", ""));

    private final LocalServer server;
    private final RemoteRooms remote;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final Approval approval;

    public Inviting(
            LocalServer server,
            RemoteRooms remote,
            RoomLanes lanes,
            PduIntake intake,
            Approval approval) {
        this.server = server;
        this.remote = remote;
        this.lanes = lanes;
        this.intake = intake;
        this.approval = approval;
    }

    /// Makes the invite, has the target's server sign it, and takes it into the room.
    public Uni<EventId> invite(EventDraft draft, ServerName targetServer) {
        var sender = new StateKeyTuple("m.room.member", draft.sender().value());
        var told = new ArrayList<>(TOLD);
        told.add(sender);
        return lanes.lane(draft.room())
                .run(new BuildEvent(draft, told))
                .chain(built -> approval.of(built.signed()).map(built::with))
                .chain(built -> ask(built, targetServer))
                .onFailure(RemoteFailure.class)
                .transform(failure -> PeerAnswers.forClients(failure));
    }

    private Uni<EventId> ask(BuildEvent.Built built, ServerName targetServer) {
        var invite = built.signed();
        var request =
                new InviteRequest(
                        invite.roomId(),
                        invite.id(),
                        built.rules().version(),
                        new RawPdu(invite.json()),
                        built.state().stream().map(Pdu::json).toList());
        return remote.invite(targetServer, request)
                .map(answer -> coSigned(built, targetServer, answer))
                .chain(raw -> intake.check(built.rules(), List.of(raw), List.of()))
                .map(received -> ResidentHandshake.sound(received.getFirst()))
                .call(pdu -> mustBeSigned(built, pdu, targetServer))
                .chain(
                        pdu ->
                                lanes.lane(invite.roomId())
                                        .run(
                                                new ReceiveEvents(
                                                        server.name(),
                                                        List.of(pdu),
                                                        ReceiveEvents.Handling.HANDED_IN))
                                        .replaceWith(pdu.id()));
    }

    private static RawPdu coSigned(BuildEvent.Built built, ServerName targetServer, RawPdu answer) {
        return CoSignature.added(built.rules(), built.signed(), targetServer, answer)
                .orElseThrow(() -> unsigned(targetServer));
    }

    private Uni<Void> mustBeSigned(BuildEvent.Built built, Pdu pdu, ServerName targetServer) {
        return intake.isSignedBy(built.rules(), pdu, targetServer)
                .invoke(
                        signed -> {
                            if (!signed) {
                                throw unsigned(targetServer);
                            }
                        })
                .replaceWithVoid();
    }

    private static RemoteFailure unsigned(ServerName targetServer) {
        return new RemoteFailure.Garbled(
                targetServer + " did not answer with our invite and its signature");
    }
}
