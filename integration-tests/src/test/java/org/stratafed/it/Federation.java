package org.stratafed.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.it.peer.MatrixClient;

/// What two users on two homeservers do with each other, whichever homeservers these are. Each step
/// asserts what both of them see.
final class Federation {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long MODERATOR = 50;

    private Federation() {}

    static void exchangeMessages(MatrixClient one, MatrixClient other, String room) {
        var fromOne = "from " + one.userId() + " in " + room;
        var fromOther = "from " + other.userId() + " in " + room;
        one.say(room, fromOne);
        see(other, room, fromOne);
        other.say(room, fromOther);
        see(one, room, fromOther);
        for (var user : List.of(one, other)) {
            see(user, room, fromOne);
            see(user, room, fromOther);
            assertThat(user.messages(room)).containsOnlyOnce(fromOne, fromOther);
        }
    }

    static void see(MatrixClient user, String room, String text) {
        user.until("\"" + text + "\"", PATIENCE, client -> client.messages(room).contains(text));
    }

    /// The host lets the guest change state; both change the topic, and each server has the change
    /// of the other in its current state.
    static void changeState(MatrixClient host, MatrixClient guest, String room) {
        letChangeState(host, guest, room);
        changeTopic(host, guest, room, "set by the host");
        changeTopic(guest, host, room, "set by the guest");
    }

    /// Gives the power to change state, and waits until the user's own server knows it.
    static void letChangeState(MatrixClient host, MatrixClient guest, String room) {
        var levels = host.state(room, "m.room.power_levels", "").expect(200).body();
        var users =
                levels.object("users")
                        .orElse(JsonObject.empty())
                        .with(guest.userId(), JsonNumber.of(MODERATOR));
        var id = host.setState(room, "m.room.power_levels", "", levels.with("users", users));
        guest.until("the power levels", PATIENCE, client -> hasSeen(client, id));
    }

    /// One changes the topic, and the other's server has it in its current state.
    static void changeTopic(MatrixClient one, MatrixClient other, String room, String topic) {
        var id = setTopic(one, room, topic);
        other.until("the topic event " + id, PATIENCE, client -> hasSeen(client, id));
        assertThat(topic(other, room)).isEqualTo(topic);
    }

    static String setTopic(MatrixClient user, String room, String topic) {
        return user.setState(
                room, "m.room.topic", "", JsonObject.builder().put("topic", topic).build());
    }

    static String topic(MatrixClient user, String room) {
        return user.state(room, "m.room.topic", "").expect(200).string("topic");
    }

    /// The name of a user's server.
    static String server(MatrixClient user) {
        return user.userId().substring(user.userId().indexOf(':') + 1);
    }

    /// An event as a user's server shows it.
    static JsonObject event(MatrixClient user, String room, String eventId) {
        return user.get(
                        "/rooms/"
                                + MatrixClient.encode(room)
                                + "/event/"
                                + MatrixClient.encode(eventId))
                .expect(200)
                .body();
    }

    static boolean hasSeen(MatrixClient client, String eventId) {
        return client.seen().stream()
                .anyMatch(event -> event.string("event_id").equals(Optional.of(eventId)));
    }

    static void leave(MatrixClient leaving, MatrixClient staying, String room) {
        leaving.leave(room);
        untilMembership(staying, room, leaving.userId(), "leave");
        leaving.until("its own leave", PATIENCE, client -> client.hasLeft(room));
    }

    static void untilMembership(
            MatrixClient observer, String room, String user, String membership) {
        observer.until(
                user + " to be " + membership,
                PATIENCE,
                client -> client.membership(room, user).equals(Optional.of(membership)));
    }

    /// Invites to a private room; the first invite is refused, the second accepted.
    static void inviteRefuseAndAccept(MatrixClient host, MatrixClient guest, String version) {
        var room =
                host.createRoom(
                        JsonObject.builder()
                                .put("preset", "private_chat")
                                .put("room_version", version)
                                .build());
        host.invite(room, guest.userId());
        guest.until("the invite", PATIENCE, client -> client.isInvited(room));
        guest.leave(room);
        untilMembership(host, room, guest.userId(), "leave");

        host.invite(room, guest.userId());
        untilMembership(host, room, guest.userId(), "invite");
        guest.sync(Duration.ofSeconds(1));
        guest.join(room, server(host));
        untilMembership(host, room, guest.userId(), "join");
        exchangeMessages(host, guest, room);
    }
}
