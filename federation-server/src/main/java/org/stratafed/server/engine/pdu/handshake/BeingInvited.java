package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.event.ParsedPdu;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Invites of our users that other servers ask us to sign.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room">Inviting to a
///     room</a>
public final class BeingInvited {

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final RoomLanes lanes;
    private final PduIntake intake;
    private final ToldRoomState roomState;
    private final BiConsumer<UserId, Long> onMembership;

    /// @param onMembership told the invited user, and the stream position of the invite, once it
    ///     is durable
    public BeingInvited(
            HomeserverEnvironment environment,
            LocalServer server,
            RoomLanes lanes,
            PduIntake intake,
            BiConsumer<UserId, Long> onMembership) {
        this.environment = environment;
        this.server = server;
        this.lanes = lanes;
        this.intake = intake;
        this.roomState = new ToldRoomState(intake, environment.telemetry());
        this.onMembership = onMembership;
    }

    /// Answers with the event, our signature added and nothing else changed.
    public Uni<RawPdu> invite(ServerName origin, InviteRequest request) {
        var rules = RoomVersionRules.of(request.version());
        if (rules.isEmpty()) {
            return Uni.createFrom()
                    .failure(
                            new MatrixException(
                                    MatrixErrorCode.INCOMPATIBLE_ROOM_VERSION,
                                    "room version " + request.version().id() + " is not supported",
                                    JsonObject.builder()
                                            .put("room_version", request.version().id())
                                            .build()));
        }
        return intake.check(rules.get(), List.of(request.pdu()), List.of())
                .map(received -> ResidentHandshake.sound(received.getFirst()))
                .invoke(pdu -> mustBe(pdu, request, origin))
                .call(this::mustExist)
                .chain(pdu -> environment.compute().run(() -> sign(rules.get(), pdu)))
                .call(
                        signed ->
                                roomState
                                        .shown(rules.get(), origin, signed, request.roomState())
                                        .chain(shown -> record(rules.get(), signed, shown)))
                .map(signed -> new RawPdu(signed.json()));
    }

    private void mustBe(Pdu pdu, InviteRequest request, ServerName origin) {
        MembershipChecks.invite(pdu, request.room(), origin, server.name())
                .ifPresent(
                        wrong -> {
                            throw MatrixException.invalidParam("the invite is wrong: " + wrong);
                        });
        if (!pdu.id().equals(request.event())) {
            throw MatrixException.invalidParam("the invite is wrong: its id is " + pdu.id());
        }
    }

    private Uni<Void> mustExist(Pdu pdu) {
        var target = MembershipChecks.target(pdu).orElseThrow();
        return environment
                .stores()
                .directory()
                .userExists(target)
                .invoke(
                        exists -> {
                            if (!exists) {
                                throw MatrixException.notFound("there is no user " + target);
                            }
                        })
                .replaceWithVoid();
    }

    private Pdu sign(RoomVersionRules rules, Pdu pdu) {
        var signed =
                EventSigner.addSignature(
                        rules, pdu.json(), server.name(), server.key(), environment.signatures());
        return switch (EventParser.parse(rules, new RawPdu(signed))) {
            case ParsedPdu.Parsed(var parsed) -> parsed;
            case ParsedPdu.NotAnEvent(var refusal) ->
                    throw MatrixException.invalidParam(refusal.reason());
        };
    }

    /// A room that our users are in gets the invite as an ordinary event, in a transaction.
    private Uni<Void> record(RoomVersionRules rules, Pdu signed, List<JsonObject> shown) {
        var target = MembershipChecks.target(signed).orElseThrow();
        return lanes.lane(signed.roomId())
                .rules()
                .invoke(held -> mustBeOf(held, rules))
                .chain(
                        () ->
                                environment
                                        .stores()
                                        .timeline()
                                        .localMembers(signed.roomId(), server.name()))
                .chain(
                        members ->
                                !members.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : recordOutOfBand(rules, signed, shown, target));
    }

    private static void mustBeOf(Optional<RoomVersionRules> held, RoomVersionRules claimed) {
        held.filter(rules -> !rules.version().equals(claimed.version()))
                .ifPresent(
                        rules -> {
                            throw MatrixException.invalidParam(
                                    "the room's version is " + rules.version().id());
                        });
    }

    private Uni<Void> recordOutOfBand(
            RoomVersionRules rules, Pdu signed, List<JsonObject> shown, UserId target) {
        return environment
                .stores()
                .directory()
                .record(new OutOfBandMembership(target, rules.version(), signed, shown))
                .invoke(position -> onMembership.accept(target, position))
                .replaceWithVoid();
    }
}
