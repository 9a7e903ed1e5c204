package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.store.OutOfBandMembership;
import org.stratafed.api.spi.store.UserMembership;
import org.stratafed.server.engine.pdu.intake.PduIntake;
import org.stratafed.server.engine.pdu.room.LocalServer;

/// Invites and knocks of our users, of rooms that are not held here, ended by others: by a leave or
/// a ban that is pushed to us. Without the room it can't be judged whether that stands. So about an
/// invite only the server is believed that it came from; about a knock each one, as long as it says
/// so of its own user and of this knock.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room">Inviting to a
///     room</a>
public final class EndedElsewhere {

    private final HomeserverEnvironment environment;
    private final LocalServer server;
    private final PduIntake intake;
    private final BiConsumer<UserId, Long> onMembership;

    public EndedElsewhere(
            HomeserverEnvironment environment,
            LocalServer server,
            PduIntake intake,
            BiConsumer<UserId, Long> onMembership) {
        this.environment = environment;
        this.server = server;
        this.intake = intake;
        this.onMembership = onMembership;
    }

    /// Answers the events that ended an invite or a knock. All others are none of our business.
    public Uni<SequencedMap<EventId, PduOutcome>> receive(
            ServerName origin, RoomId room, List<RawPdu> pdus) {
        SequencedMap<EventId, PduOutcome> ended = new LinkedHashMap<>();
        Uni<SequencedMap<EventId, PduOutcome>> all = Uni.createFrom().item(ended);
        for (var pdu : pdus) {
            var user = whom(pdu);
            if (user.isPresent()) {
                all =
                        all.call(
                                () ->
                                        end(origin, room, user.get(), pdu)
                                                .invoke(id -> id.ifPresent(i -> accept(i, ended))));
            }
        }
        return all;
    }

    private static void accept(EventId id, SequencedMap<EventId, PduOutcome> ended) {
        ended.put(id, new PduOutcome.Accepted());
    }

    /// Whether the event claims to put a user of ours out of the room.
    public boolean isEnding(RawPdu pdu) {
        return whom(pdu).isPresent();
    }

    /// The user of ours whom the event puts out of the room, by what it claims.
    private Optional<UserId> whom(RawPdu pdu) {
        var json = pdu.json();
        var membership = json.object("content").flatMap(content -> content.string("membership"));
        boolean ends =
                json.string("type").equals(Optional.of("m.room.member"))
                        && membership.filter(m -> m.equals("leave") || m.equals("ban")).isPresent();
        return ends
                ? json.string("state_key")
                        .flatMap(UserId::parse)
                        .filter(user -> user.server().equals(server.name()))
                : Optional.empty();
    }

    private Uni<Optional<EventId>> end(ServerName origin, RoomId room, UserId user, RawPdu pdu) {
        return environment
                .stores()
                .timeline()
                .memberships(user)
                .chain(
                        all ->
                                all.stream()
                                        .filter(m -> m.room().equals(room) && !m.inRoom())
                                        .filter(m -> isOpen(m.membership()))
                                        .findFirst()
                                        .map(open -> end(origin, open, user, pdu))
                                        .orElse(Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Optional<EventId>> end(
            ServerName origin, UserMembership open, UserId user, RawPdu raw) {
        var rules = VersionTold.of(open);
        return intake.sound(rules, List.of(raw), origin)
                .map(sound -> sound.stream().filter(pdu -> ends(origin, pdu, open)).findFirst())
                .chain(
                        found ->
                                found.isEmpty()
                                        ? Uni.createFrom().item(Optional.empty())
                                        : record(rules, user, found.get()));
    }

    private static boolean isOpen(String membership) {
        return membership.equals("invite") || membership.equals("knock");
    }

    private static boolean ends(ServerName origin, Pdu pdu, UserMembership open) {
        var believed = open.membership().equals("invite") ? open.event().sender().server() : origin;
        return pdu.roomId().equals(open.room())
                && pdu.sender().server().equals(believed)
                && pdu.authEvents().contains(open.event().id());
    }

    private Uni<Optional<EventId>> record(RoomVersionRules rules, UserId user, Pdu pdu) {
        return environment
                .stores()
                .directory()
                .record(new OutOfBandMembership(user, rules.version(), pdu, List.of()))
                .invoke(position -> onMembership.accept(user, position))
                .replaceWith(Optional.of(pdu.id()));
    }
}
