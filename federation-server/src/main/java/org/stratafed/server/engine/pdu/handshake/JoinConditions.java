package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StatePoint;
import org.stratafed.api.spi.store.RoomSnapshot;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.server.engine.pdu.auth.Vouching;
import org.stratafed.server.engine.pdu.room.FindVoucher;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Whether a user fulfils the conditions that a room has for those who join it, as far as this
/// server can tell, and which of its users vouches for that.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#restricted-rooms">Restricted
///     rooms</a>
public final class JoinConditions {

    /// Rooms that are looked at; nobody fulfils what comes after them.
    static final int ROOMS_MAX = 100;

    /// Members of whom it is looked whether they could vouch.
    static final int MEMBERS_MAX = 1_000;

    private final LocalServer server;
    private final Stores stores;
    private final RoomLanes lanes;

    public JoinConditions(LocalServer server, Stores stores, RoomLanes lanes) {
        this.server = server;
        this.stores = stores;
        this.lanes = lanes;
    }

    private enum Answer {
        FULFILLED,
        UNKNOWN,
        NOT_FULFILLED
    }

    /// The user of ours who vouches; empty where nobody has to, so that the room's rules decide.
    /// Fails with `M_UNABLE_TO_AUTHORISE_JOIN` where another server may know better, with
    /// `M_UNABLE_TO_GRANT_JOIN` where nobody here may vouch, and with `M_FORBIDDEN` for somebody
    /// who doesn't fulfil any condition.
    public Uni<Optional<UserId>> voucher(RoomId room, UserId user) {
        return stores.timeline()
                .localMembers(room, server.name())
                .map(members -> members.stream().limit(MEMBERS_MAX).toList())
                .chain(members -> lanes.lane(room).run(new FindVoucher(user, members)))
                .chain(
                        terms ->
                                terms.isNeeded()
                                        ? anyOf(user, terms.rooms())
                                                .map(answer -> voucher(room, user, answer, terms))
                                        : Uni.createFrom().item(Optional.empty()));
    }

    private static Optional<UserId> voucher(
            RoomId room, UserId user, Answer answer, FindVoucher.Terms terms) {
        return switch (answer) {
            case FULFILLED ->
                    Optional.of(
                            terms.voucher()
                                    .orElseThrow(
                                            () ->
                                                    new MatrixException(
                                                            MatrixErrorCode.UNABLE_TO_GRANT_JOIN,
                                                            "no user of this server may invite"
                                                                    + " others to "
                                                                    + room)));
            case UNKNOWN ->
                    throw new MatrixException(
                            MatrixErrorCode.UNABLE_TO_AUTHORISE_JOIN,
                            "this server is not in all rooms whose members may join " + room);
            case NOT_FULFILLED ->
                    throw MatrixException.forbidden(
                            user + " is in none of the rooms whose members may join " + room);
        };
    }

    private Uni<Answer> anyOf(UserId user, List<RoomId> rooms) {
        return next(user, rooms.stream().limit(ROOMS_MAX).iterator(), Answer.NOT_FULFILLED);
    }

    private Uni<Answer> next(UserId user, Iterator<RoomId> rooms, Answer soFar) {
        if (soFar == Answer.FULFILLED || !rooms.hasNext()) {
            return Uni.createFrom().item(soFar);
        }
        return isMember(user, rooms.next())
                .chain(
                        answer ->
                                next(user, rooms, answer == Answer.NOT_FULFILLED ? soFar : answer));
    }

    /// Of a room that none of our users is in any more, what is known may be out of date.
    private Uni<Answer> isMember(UserId user, RoomId room) {
        return stores.timeline()
                .localMembers(room, server.name())
                .chain(
                        members ->
                                members.isEmpty()
                                        ? Uni.createFrom().item(Optional.<RoomSnapshot>empty())
                                        : stores.rooms().snapshot(room))
                .chain(
                        tip ->
                                tip.map(it -> isMember(user, it))
                                        .orElseGet(() -> Uni.createFrom().item(Answer.UNKNOWN)));
    }

    private Uni<Answer> isMember(UserId user, RoomSnapshot tip) {
        var key = new StateKeyTuple("m.room.member", user.value());
        SequencedSet<StateKeyTuple> keys = new LinkedHashSet<>(List.of(key));
        var wanted = new LinkedHashMap<StatePoint, SequencedSet<StateKeyTuple>>();
        wanted.put(tip.current(), keys);
        return stores.timeline()
                .stateEvents(tip.room(), wanted)
                .map(states -> Optional.ofNullable(states.get(tip.current()).get(key)))
                .map(member -> Vouching.isJoined(member) ? Answer.FULFILLED : Answer.NOT_FULFILLED);
    }
}
