package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.it.peer.FederationPeer;
import org.stratafed.it.peer.MatrixClient;

/// People of two servers in rooms of one version, which are made on the server of the host.
///
/// @param home what the host's server runs
/// @param away what the guest's server runs
/// @param rules what the version of all its rooms means
/// @param host who makes the rooms
/// @param neighbour another user of the host's server
/// @param guest who comes to them from the other server
/// @param companion another user of the guest's server
/// @param envoy speaks for the guest's server to others
record Meeting(
        Software home,
        Software away,
        RoomVersionRules rules,
        MatrixClient host,
        MatrixClient neighbour,
        MatrixClient guest,
        MatrixClient companion,
        FederationPeer envoy) {

    static final long MODERATOR = 50;

    /// What the two servers run.
    enum Software {
        STRATA("Strata"),
        SYNAPSE("Synapse");

        private final String name;

        Software(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL_MIN = Duration.ofMillis(50);
    private static final Duration POLL_MAX = Duration.ofMillis(400);

    /// Does something, and sees how it ends.
    Outcome outcome(String deed, Runnable doing) {
        return Outcome.of(rules.version(), home, deed, doing);
    }

    String hostServer() {
        return Federation.server(host);
    }

    String guestServer() {
        return Federation.server(guest);
    }

    // --- rooms -------------------------------------------------------------------------------

    /// A room which anybody may join, with the guest in it.
    String publicRoom() {
        var room = createRoom("public_chat", JsonObject.empty());
        join(guest, room);
        return room;
    }

    /// A room to which one has to be invited, and in which anybody may do that.
    String privateRoom() {
        return createRoom("private_chat", JsonObject.empty());
    }

    /// A room with this join rule, in which only moderators may invite.
    String guardedRoom(JsonObject joinRules) {
        var room =
                createRoom(
                        "private_chat",
                        JsonObject.builder()
                                .put(
                                        "power_level_content_override",
                                        JsonObject.builder().put("invite", MODERATOR).build())
                                .build());
        host.setState(room, "m.room.join_rules", "", joinRules);
        return room;
    }

    String createRoom(String preset, JsonObject more) {
        return host.createRoom(
                more.with("preset", json(preset)).with("room_version", json(rules.version().id())));
    }

    private static JsonString json(String text) {
        return new JsonString(text);
    }

    /// Somebody of the other server comes in, and the host's server knows.
    void join(MatrixClient user, String room) {
        assertThat(user.join(room, hostServer())).isEqualTo(room);
        untilMembership(host, room, user, "join");
    }

    /// The host gives somebody this level, and everybody's server learns of it.
    void empower(String room, MatrixClient user, long level) {
        untilShown(room, setLevel(room, user, level));
    }

    String setLevel(String room, MatrixClient user, long level) {
        var levels = host.state(room, "m.room.power_levels", "").expect(200).body();
        var users =
                levels.object("users")
                        .orElse(JsonObject.empty())
                        .with(user.userId(), JsonNumber.of(level));
        return host.setState(room, "m.room.power_levels", "", levels.with("users", users));
    }

    static JsonObject topic(String text) {
        return JsonObject.builder().put("topic", text).build();
    }

    // --- waiting -----------------------------------------------------------------------------

    static void until(String what, BooleanSupplier holds) {
        assertThat(comesTrue(holds)).as("within %s: %s", PATIENCE, what).isTrue();
    }

    /// Asks again and again, ever less often: servers that are asked all the time have no time left
    /// to do anything.
    private static boolean comesTrue(BooleanSupplier holds) {
        var end = Instant.now().plus(PATIENCE);
        for (var pause = POLL_MIN; !holds.getAsBoolean(); pause = longer(pause)) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
        return true;
    }

    private static Duration longer(Duration pause) {
        return pause.compareTo(POLL_MAX) < 0 ? pause.multipliedBy(2) : pause;
    }

    /// Until both servers show these events of the room.
    void untilShown(String room, String... events) {
        for (var event : events) {
            until(event + " at the host's", () -> host.shows(room, event));
            until(event + " at the guest's", () -> guest.shows(room, event));
        }
    }

    static void untilMembership(
            MatrixClient observer, String room, MatrixClient user, String membership) {
        until(
                user.userId() + " to be " + membership,
                () ->
                        observer.membership(room, user.userId())
                                .filter(membership::equals)
                                .isPresent());
    }

    /// Until somebody's own server has told about the invite.
    static void untilInvited(MatrixClient user, String room) {
        until(
                "the invite",
                () -> {
                    user.sync(Duration.ZERO);
                    return user.isInvited(room);
                });
    }

    // --- agreement ---------------------------------------------------------------------------

    /// Both say something, after which both servers have the same state, and both show in the
    /// room's history what was just said and these events.
    void agree(String room, String... events) {
        var ofHost = host.say(room, "the host agrees");
        untilShown(room, ofHost);
        var ofGuest = guest.say(room, "the guest agrees");
        untilShown(room, ofGuest);
        var wanted = Stream.concat(Stream.of(events), Stream.of(ofHost, ofGuest)).toList();
        awaitEqual("state", () -> state(host, room), () -> state(guest, room));
        for (var user : List.of(host, guest)) {
            awaitEqual(
                    "what " + user.userId() + " reads of these events",
                    () -> new TreeSet<>(wanted),
                    () -> {
                        var read = history(user, room);
                        read.retainAll(wanted);
                        return read;
                    });
        }
    }

    /// Asserts that two sets come to be the same.
    private static void awaitEqual(
            String what, Supplier<SequencedSet<String>> one, Supplier<SequencedSet<String>> other) {
        comesTrue(() -> one.get().equals(other.get()));
        assertThat(other.get()).as(what).isEqualTo(one.get());
    }

    private static SequencedSet<String> state(MatrixClient user, String room) {
        var state = new TreeSet<String>();
        for (var event : user.state(room)) {
            state.add(
                    event.string("type").orElseThrow()
                            + " "
                            + event.string("state_key").orElseThrow()
                            + " "
                            + event.string("event_id").orElseThrow());
        }
        return state;
    }

    private static SequencedSet<String> history(MatrixClient user, String room) {
        var events = new TreeSet<String>();
        user.history(room).forEach(event -> events.add(event.string("event_id").orElseThrow()));
        return events;
    }
}
