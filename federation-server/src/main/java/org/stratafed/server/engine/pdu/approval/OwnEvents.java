package org.stratafed.server.engine.pdu.approval;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.store.RoomStore;
import org.stratafed.server.engine.pdu.room.Promise;
import org.stratafed.server.engine.pdu.room.RoomLanes;
import org.stratafed.server.engine.pdu.room.Submission;
import org.stratafed.server.engine.pdu.room.SubmitEvent;
import org.stratafed.server.engine.pdu.room.SubmitSigned;

/// Events of our own users. In a room with a policy server each is built in a turn of the room,
/// signed beside it, and taken in by another turn: nothing is stored before it may be sent, and no
/// turn waits for it.
public final class OwnEvents {

    /// Requests of clients that are being answered.
    static final int UNDER_WAY_MAX = 10_000;

    private final RoomLanes lanes;
    private final RoomStore rooms;
    private final Approval approval;
    private final Map<Request, Promise<EventId>> underWay = new LinkedHashMap<>();

    private record Request(RoomId room, ClientTransaction transaction) {}

    public OwnEvents(RoomLanes lanes, RoomStore rooms, Approval approval) {
        this.lanes = lanes;
        this.rooms = rooms;
        this.approval = approval;
    }

    public Uni<EventId> submit(EventDraft draft) {
        return made(draft, Optional.empty());
    }

    /// A retry of a request that is still being answered waits for the same answer.
    public Uni<EventId> submit(EventDraft draft, ClientTransaction client) {
        var request = new Request(draft.room(), client);
        var first = underWay.get(request);
        if (first != null) {
            return first.uni();
        }
        if (underWay.size() >= UNDER_WAY_MAX) {
            return Uni.createFrom()
                    .failure(
                            new MatrixException(
                                    MatrixErrorCode.LIMIT_EXCEEDED,
                                    "too many requests wait for policy servers"));
        }
        var promise = new Promise<EventId>();
        underWay.put(request, promise);
        madeEarlier(request)
                .chain(
                        made ->
                                made.map(id -> Uni.createFrom().item(id))
                                        .orElseGet(() -> made(draft, Optional.of(client))))
                .onTermination()
                .invoke(() -> underWay.remove(request))
                .subscribe()
                .with(promise::complete, promise::fail);
        return promise.uni();
    }

    /// The event that the request made, if it was answered before: also before a restart.
    private Uni<Optional<EventId>> madeEarlier(Request request) {
        return rooms.eventOf(request.room(), request.transaction());
    }

    private Uni<EventId> made(EventDraft draft, Optional<ClientTransaction> client) {
        return lanes.lane(draft.room())
                .run(new SubmitEvent(draft, client))
                .chain(submission -> follow(submission, client, Approval.ROUNDS_MAX));
    }

    private Uni<EventId> follow(
            Submission submission, Optional<ClientTransaction> client, int rounds) {
        return switch (submission) {
            case Submission.Made(var event) -> Uni.createFrom().item(event);
            case Submission.Unsigned(var event) ->
                    rounds == 0
                            ? Uni.createFrom().failure(Approval.restless(event))
                            : approval.of(event)
                                    .chain(signed -> taken(signed, client))
                                    .chain(again -> follow(again, client, rounds - 1));
        };
    }

    private Uni<Submission> taken(Pdu signed, Optional<ClientTransaction> client) {
        return lanes.lane(signed.roomId()).run(new SubmitSigned(signed, client));
    }
}
