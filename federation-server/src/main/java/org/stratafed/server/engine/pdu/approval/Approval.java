package org.stratafed.server.engine.pdu.approval;

import io.smallrye.mutiny.Uni;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.server.engine.pdu.policy.PolicyAnswer;
import org.stratafed.server.engine.pdu.policy.PolicyServers;
import org.stratafed.server.engine.pdu.room.CheckPolicy;
import org.stratafed.server.engine.pdu.room.PolicyStanding;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Events that somebody waits for, which have to pass the room's policy server before they go
/// anywhere: our own, and memberships that others make through us. What it says against one is what
/// whoever waits is told. Where it can't be asked, the event is not sent.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
public final class Approval {

    /// How often one event is asked about, if the room changes its policy server meanwhile.
    static final int ROUNDS_MAX = 3;

    private static final int BAD_GATEWAY = 502;

    private final RoomLanes lanes;
    private final PolicyServers servers;

    public Approval(RoomLanes lanes, PolicyServers servers) {
        this.lanes = lanes;
        this.servers = servers;
    }

    /// The event as it may be sent, with the policy server's signature if the room has one. Fails
    /// with what is to be answered to whoever wants to send it.
    public Uni<Pdu> of(Pdu event) {
        return of(event, ROUNDS_MAX);
    }

    private Uni<Pdu> of(Pdu event, int rounds) {
        return lanes.lane(event.roomId())
                .run(new CheckPolicy(event))
                .chain(
                        standing ->
                                switch (standing) {
                                    case PolicyStanding.Passed(var passed) ->
                                            Uni.createFrom().item(passed);
                                    case PolicyStanding.Refused(var refusal) ->
                                            Uni.createFrom()
                                                    .failure(
                                                            MatrixException.forbidden(
                                                                    refusal.reason()));
                                    case PolicyStanding.Unsigned(var by) ->
                                            rounds == 0
                                                    ? Uni.createFrom().failure(restless(event))
                                                    : ask(by, event)
                                                            .chain(() -> of(event, rounds - 1));
                                });
    }

    static MatrixException restless(Pdu event) {
        return new MatrixException(
                MatrixErrorCode.UNKNOWN,
                "room " + event.roomId() + " changes its policy server all the time");
    }

    private Uni<Void> ask(ServerName server, Pdu event) {
        return servers.ask(server, event)
                .invoke(signature -> remember(event.roomId(), event, signature))
                .onFailure(RemoteFailure.class)
                .transform(failure -> answer(server, failure))
                .replaceWithVoid();
    }

    private void remember(RoomId room, Pdu event, PolicyAnswer answer) {
        lanes.lane(room).remember(event.id(), answer);
    }

    /// A refusal is passed on as it is.
    private static MatrixException answer(ServerName server, RemoteFailure failure) {
        return failure instanceof RemoteFailure.Refused refused && refused.errcode().isPresent()
                ? verbatim(refused, refused.errcode().get())
                : new MatrixException(
                                MatrixErrorCode.UNKNOWN,
                                "the room's policy server "
                                        + server
                                        + " could not be asked: "
                                        + failure.getMessage())
                        .withStatus(BAD_GATEWAY);
    }

    private static MatrixException verbatim(RemoteFailure.Refused refused, String errcode) {
        var details = JsonObject.builder().put("errcode", new JsonString(errcode));
        refused.retryAfterMs()
                .ifPresent(wait -> details.put("retry_after_ms", JsonNumber.of(wait)));
        return new MatrixException(
                        MatrixErrorCode.parse(errcode).orElse(MatrixErrorCode.UNKNOWN),
                        refused.error(),
                        details.build())
                .withStatus(refused.status());
    }
}
