package org.stratafed.server.store.sql;

import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.api.spi.store.TimelineStore;
import org.stratafed.api.spi.store.UserMembership;

/// The stream and the history of rooms, read from tables.
public final class SqlTimelineStore implements TimelineStore {

    private final SqlSessions sessions;

    public SqlTimelineStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<Long> position() {
        return sessions.read(StreamPosition::current);
    }

    @Override
    public Uni<List<StoredEvent>> stream(long after, long upTo, int max) {
        return events(TimelineStatements.STREAM, after, upTo, max);
    }

    @Override
    public Uni<List<StoredEvent>> newest(RoomId room, long after, long upTo, int max) {
        return events(
                        TimelineStatements.NEWEST,
                        room.value(),
                        orderAtMost(after),
                        orderAtMost(upTo),
                        max)
                .map(List::reversed);
    }

    /// The order at a position, or the largest one if the position is beyond all that there can be.
    private static long orderAtMost(long position) {
        return TimelineStore.orderAt(
                Math.clamp(position, 0, Long.MAX_VALUE >> TimelineStore.ORDER_BITS_PER_POSITION));
    }

    @Override
    public Uni<List<StoredEvent>> page(RoomId room, long from, boolean backwards, int max) {
        return events(
                backwards ? TimelineStatements.PAGE_BACKWARDS : TimelineStatements.PAGE_FORWARDS,
                room.value(),
                from,
                max);
    }

    @Override
    public Uni<List<StoredEvent>> byTime(RoomId room, TimePoint from, boolean backwards, int max) {
        return events(
                backwards
                        ? TimelineStatements.BY_TIME_BACKWARDS
                        : TimelineStatements.BY_TIME_FORWARDS,
                room.value(),
                from.originServerTs(),
                from.order(),
                max);
    }

    private Uni<List<StoredEvent>> events(String sql, Object... parameters) {
        return sessions.read(session -> session.list(sql, EventRows::stored, parameters));
    }

    @Override
    public Uni<Optional<StatePoint>> currentAt(RoomId room, long position) {
        return sessions.read(
                session ->
                        session.first(
                                StateStatements.CURRENT_AT,
                                row -> new StatePoint(row.integer(1), row.integer(2)),
                                room.value(),
                                position));
    }

    @Override
    public Uni<SequencedMap<StatePoint, SequencedMap<StateKeyTuple, Pdu>>> stateEvents(
            RoomId room, SequencedMap<StatePoint, SequencedSet<StateKeyTuple>> wanted) {
        return sessions.read(session -> StateReader.events(session, room, wanted));
    }

    @Override
    public Uni<SequencedMap<EventId, List<StoredEvent>>> redactions(
            RoomId room, SequencedSet<EventId> targets) {
        List<String> asked = EventRows.texts(targets);
        return sessions.read(
                session -> {
                    var redactions = new LinkedHashMap<EventId, List<StoredEvent>>();
                    InList.visit(
                            session,
                            TimelineStatements.REDACTIONS,
                            List.of(room.value()),
                            asked,
                            List.of(),
                            row -> {
                                StoredEvent redaction = EventRows.stored(row);
                                EventId target = redaction.pdu().redacts().orElseThrow();
                                return redactions
                                        .computeIfAbsent(target, _ -> new ArrayList<>())
                                        .add(redaction);
                            });
                    redactions.replaceAll((_, of) -> List.copyOf(of));
                    return Collections.unmodifiableSequencedMap(redactions);
                });
    }

    @Override
    public Uni<List<UserMembership>> memberships(UserId user, long upTo) {
        return memberships(MembershipStatements.NEWEST_CHANGES, user.value(), upTo);
    }

    @Override
    public Uni<List<UserMembership>> membershipChanges(UserId user, long after, long upTo) {
        return memberships(MembershipStatements.CHANGES_BETWEEN, user.value(), after, upTo);
    }

    private Uni<List<UserMembership>> memberships(String sql, Object... parameters) {
        return sessions.read(session -> session.list(sql, MembershipRows::read, parameters));
    }

    @Override
    public Uni<SequencedMap<RoomId, Long>> joinedMembers(SequencedSet<RoomId> rooms) {
        List<String> asked = rooms.stream().map(RoomId::value).toList();
        return sessions.read(
                session -> {
                    var members = new LinkedHashMap<RoomId, Long>();
                    rooms.forEach(room -> members.put(room, 0L));
                    InList.visit(
                            session,
                            MembershipStatements.JOINED_MEMBERS,
                            List.of(),
                            asked,
                            List.of(),
                            row -> {
                                members.put(new RoomId(row.text(1)), row.number(2));
                                return true;
                            });
                    return Collections.unmodifiableSequencedMap(members);
                });
    }

    @Override
    public Uni<SequencedSet<ServerName>> residentServers(RoomId room) {
        return sessions.read(
                session -> {
                    var servers = new LinkedHashSet<ServerName>();
                    session.visit(
                            MembershipStatements.RESIDENT_SERVERS,
                            row -> servers.add(new ServerName(row.text(1))),
                            room.value());
                    return Collections.unmodifiableSequencedSet(servers);
                });
    }

    @Override
    public Uni<Boolean> everResident(RoomId room, ServerName server) {
        return sessions.read(
                session ->
                        session.first(
                                        MembershipStatements.EVER_RESIDENT,
                                        row -> row.number(1),
                                        room.value(),
                                        server.value())
                                .isPresent());
    }

    @Override
    public Uni<List<UserId>> localMembers(RoomId room, ServerName local) {
        return sessions.read(
                session ->
                        session.list(
                                MembershipStatements.MEMBERS_OF_SERVER,
                                row -> new UserId(row.text(1)),
                                room.value(),
                                local.value()));
    }

    @Override
    public Uni<SequencedMap<EventId, ClientTransaction>> clientTransactions(
            SequencedSet<EventId> events) {
        List<String> asked = EventRows.texts(events);
        return sessions.read(
                session -> {
                    var transactions = new LinkedHashMap<EventId, ClientTransaction>();
                    InList.visit(
                            session,
                            TimelineStatements.CLIENT_TRANSACTIONS,
                            List.of(),
                            asked,
                            List.of(),
                            row -> {
                                transactions.put(new EventId(row.text(1)), transaction(row));
                                return true;
                            });
                    return Collections.unmodifiableSequencedMap(transactions);
                });
    }

    private static ClientTransaction transaction(Row row) throws SQLException {
        return new ClientTransaction(
                new UserId(row.text(2)), new DeviceId(row.text(3)), new TransactionId(row.text(4)));
    }

    @Override
    public Uni<List<BackwardExtremity>> backwardExtremities(RoomId room) {
        return sessions.read(
                session -> {
                    var orders = new LinkedHashMap<EventId, Long>();
                    var missing = new LinkedHashMap<EventId, SequencedSet<EventId>>();
                    session.visit(
                            TimelineStatements.BACKWARD_EXTREMITIES,
                            row -> {
                                var event = new EventId(row.text(1));
                                orders.put(event, row.number(2));
                                return missing.computeIfAbsent(event, _ -> new LinkedHashSet<>())
                                        .add(new EventId(row.text(3)));
                            },
                            room.value());
                    return orders.entrySet().stream()
                            .map(
                                    it ->
                                            new BackwardExtremity(
                                                    it.getKey(),
                                                    it.getValue(),
                                                    Collections.unmodifiableSequencedSet(
                                                            missing.get(it.getKey()))))
                            .toList();
                });
    }
}
