package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.api.spi.store.RoomCommit.EventWrite;

/// Writes what one change of a room's current state means for memberships: who is joined, which
/// servers are in the room, and what the local users' own history is.
final class MembershipWriter {

    static final String MEMBER = "m.room.member";

    private static final String JOIN = "join";
    static final String LEAVE = "leave";

    private final SqlSession session;
    private final ServerName local;
    private final long roomNid;
    private final EventNumbers numbers;
    private final StreamPosition stream;
    private final Map<EventId, Pdu> written = new LinkedHashMap<>();

    MembershipWriter(
            SqlSession session,
            ServerName local,
            long roomNid,
            EventNumbers numbers,
            StreamPosition stream) {
        this.session = session;
        this.local = local;
        this.roomNid = roomNid;
        this.numbers = numbers;
        this.stream = stream;
    }

    /// A change has the position of its event if that came with this very commit, else the newest.
    void apply(RoomCommit commit) throws SQLException {
        for (EventWrite write : commit.events()) {
            written.put(write.pdu().id(), write.pdu());
        }
        for (var change : commit.currentChanges().entrySet()) {
            StateKeyTuple key = change.getKey();
            Optional<UserId> user =
                    key.type().equals(MEMBER) ? UserId.parse(key.stateKey()) : Optional.empty();
            if (user.isPresent()) {
                apply(user.get(), change.getValue());
            }
        }
    }

    private void apply(UserId user, Optional<EventId> event) throws SQLException {
        String membership = event.isPresent() ? membership(event.get()) : LEAVE;
        countJoined(user, membership.equals(JOIN));
        if (user.server().equals(local)) {
            Optional<Long> eventNid =
                    event.isPresent()
                            ? event.map(numbers::ofStored)
                            : session.first(
                                    MembershipStatements.LAST_EVENT,
                                    row -> row.number(1),
                                    user.value(),
                                    roomNid);
            if (eventNid.isPresent()) {
                record(user, membership, position(event), eventNid.get());
            }
        }
    }

    private void countJoined(UserId user, boolean isJoined) throws SQLException {
        int changed =
                session.update(
                        isJoined
                                ? MembershipStatements.ADD_JOINED
                                : MembershipStatements.REMOVE_JOINED,
                        roomNid,
                        user.server().value(),
                        user.value());
        if (changed > 0) {
            session.update(
                    MembershipStatements.COUNT_JOINED,
                    roomNid,
                    user.server().value(),
                    isJoined ? 1 : -1);
        }
    }

    private void record(UserId user, String membership, long position, long eventNid)
            throws SQLException {
        session.update(
                MembershipStatements.ADD_CHANGE,
                user.value(),
                roomNid,
                position,
                membership,
                eventNid,
                1,
                Optional.empty());
    }

    private long position(Optional<EventId> event) {
        return event.flatMap(id -> numbers.positionGiven(id, stream)).orElse(stream.newest());
    }

    private String membership(EventId event) throws SQLException {
        Pdu pdu = written.get(event);
        JsonObject content = pdu == null ? storedContent(event) : pdu.content();
        return content.string("membership").orElse(LEAVE);
    }

    private JsonObject storedContent(EventId event) throws SQLException {
        byte[] json =
                session.first(
                                EventStatements.JSON,
                                row -> row.bytes(1),
                                roomNid,
                                numbers.ofStored(event))
                        .orElseThrow();
        return JsonReader.readObject(json).object("content").orElse(JsonObject.empty());
    }
}
