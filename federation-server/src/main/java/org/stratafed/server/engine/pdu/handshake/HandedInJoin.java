package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.PendingJoin;
import org.stratafed.server.engine.pdu.arrival.ArrivingRoom;
import org.stratafed.server.engine.pdu.arrival.JoinProgress;
import org.stratafed.server.engine.pdu.arrival.SentRoom;
import org.stratafed.server.engine.pdu.auth.Vouching;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.policy.PolicyServer;
import org.stratafed.server.engine.pdu.room.AdoptRoom;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// The second half of a join through another server: our signed join is handed in, and the room
/// that is sent for it becomes ours. The same join may be handed in any number of times.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
final class HandedInJoin {

    /// How often a room is asked for whose sending breaks off. What was stored of it isn't checked
    /// again.
    static final int SENDINGS_MAX = 3;

    private final HomeserverEnvironment environment;
    private final RemoteRooms remote;
    private final RoomLanes lanes;
    private final PduIntake intake;

    HandedInJoin(
            HomeserverEnvironment environment,
            RemoteRooms remote,
            RoomLanes lanes,
            PduIntake intake) {
        this.environment = environment;
        this.remote = remote;
        this.lanes = lanes;
        this.intake = intake;
    }

    /// The room's lane is held by the caller.
    Uni<EventId> enter(PendingJoin pending, JoinProgress progress) {
        // A version that isn't named is 1 or 2: which of them shows when the room comes.
        var rules =
                RoomVersionRules.of(pending.version().orElse(RoomVersion.WHEN_UNNAMED))
                        .orElseThrow();
        return environment
                .compute()
                .run(() -> EventParser.event(rules, pending.join().json()))
                .chain(
                        join ->
                                sent(pending, rules, join, progress, 1)
                                        .chain(room -> adopt(pending, rules, join, room)));
    }

    private Uni<SentRoom> sent(
            PendingJoin pending,
            RoomVersionRules rules,
            Pdu join,
            JoinProgress progress,
            int sending) {
        var peer = pending.servers().getFirst();
        var signed = new SignedMembership(pending.room(), join.id(), pending.join());
        progress.begin(peer);
        return remote.sendJoin(peer, signed)
                .chain(
                        answer -> {
                            var room =
                                    new ArrivingRoom(
                                            new ArrivingRoom.Place(
                                                    environment,
                                                    intake,
                                                    lanes.lane(pending.room())),
                                            rules,
                                            join,
                                            pending.servers(),
                                            progress);
                            return room.take(answer)
                                    .onFailure(_ -> room.isBrokenOff() && sending < SENDINGS_MAX)
                                    .recoverWithUni(
                                            failure -> {
                                                report(peer, pending, failure);
                                                return sent(
                                                        pending,
                                                        rules,
                                                        join,
                                                        progress,
                                                        sending + 1);
                                            });
                        });
    }

    private void report(ServerName peer, PendingJoin pending, Throwable failure) {
        environment
                .telemetry()
                .peer(
                        peer,
                        "The room "
                                + pending.room()
                                + " did not come whole and is asked for again: "
                                + failure.getMessage());
    }

    private Uni<EventId> adopt(
            PendingJoin pending, RoomVersionRules rules, Pdu join, SentRoom room) {
        var told = pending.version().isPresent() ? rules : told(room).orElse(rules);
        return signed(pending.servers().getFirst(), told, join, room.join())
                .map(
                        signed ->
                                room.join()
                                        .map(it -> PolicyServer.withSignatureOf(told, signed, it))
                                        .orElse(signed))
                .chain(
                        signed ->
                                lanes.lane(pending.room())
                                        .runDuringHold(
                                                new AdoptRoom(
                                                        told.version(),
                                                        signed,
                                                        room.before(),
                                                        told(pending))));
    }

    private static Optional<Arrival> told(PendingJoin pending) {
        return Optional.of(Arrival.of(Arrival.Way.TOLD, pending.servers().getFirst()));
    }

    /// The rules that the room's create event names, where it was left open which of two versions
    /// it is whose events have the same form.
    private static Optional<RoomVersionRules> told(SentRoom room) {
        return room.version()
                .flatMap(RoomVersion::parse)
                .flatMap(RoomVersionRules::of)
                .filter(rules -> !rules.eventIdFormat().isReferenceHash());
    }

    /// Our join, which in a room with conditions the server has to sign that found them fulfilled.
    private Uni<Pdu> signed(
            ServerName peer, RoomVersionRules rules, Pdu join, Optional<RawPdu> answer) {
        var authorising =
                join.content()
                        .string(Vouching.AUTHORISED_VIA)
                        .flatMap(UserId::parse)
                        .map(UserId::server);
        if (authorising.isEmpty()) {
            return Uni.createFrom().item(join);
        }
        var raw = answer.flatMap(event -> CoSignature.added(rules, join, authorising.get(), event));
        return raw.map(event -> intake.sound(rules, List.of(event), peer))
                .orElseGet(() -> Uni.createFrom().item(List.of()))
                .map(
                        sound -> {
                            if (sound.isEmpty()) {
                                throw new RemoteFailure.Garbled(
                                        peer
                                                + " did not answer with our join and the signature"
                                                + " of "
                                                + authorising.get());
                            }
                            return sound.getFirst();
                        });
    }
}
