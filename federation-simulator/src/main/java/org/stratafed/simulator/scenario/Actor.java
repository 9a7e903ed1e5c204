package org.stratafed.simulator.scenario;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.simulator.host.SimServer;

/// What is done and seen at one server. Where no room is named, it is the scenario's first one.
public record Actor(String server) {

    // What users do.

    public When says(String user, String text) {
        return event(
                user + " says \"" + text + "\"",
                (messaging, room) ->
                        messaging
                                .rooms()
                                .send(
                                        room,
                                        new UserId(user),
                                        "m.room.message",
                                        Texts.message(text),
                                        Optional.empty()));
    }

    /// So many messages, one after the other: the text with a number.
    public When saysMany(String user, String text, int count) {
        return new Doing(
                at(user + " says \"" + text + "\" " + count + " times"),
                stage -> sayNext(stage, user, text, 1, count));
    }

    private void sayNext(Stage stage, String user, String text, int next, int count) {
        if (next > count) {
            return;
        }
        var it = stage.server(server);
        var content = Texts.message(text + " " + next);
        stage.perform(
                user + " says \"" + text + " " + next + "\"",
                it,
                it.messaging()
                        .rooms()
                        .send(
                                stage.room(""),
                                new UserId(user),
                                "m.room.message",
                                content,
                                Optional.empty()),
                id -> {
                    stage.simulation().acknowledge(it, id);
                    sayNext(stage, user, text, next + 1, count);
                });
    }

    /// So many messages at moments of the seed's choice. Those of moments at which the server is
    /// down are not said, nor those that the room doesn't allow.
    public When talks(String user, String text, int count, Duration over) {
        return new Doing(
                at(user + " talks for " + over),
                stage -> {
                    var random = stage.simulation().random().split(user + " talks " + text);
                    for (int i = 1; i <= count; i++) {
                        int number = i;
                        stage.later(
                                Duration.ofNanos(random.nextLong(over.toNanos())),
                                () -> sayIfUp(stage, user, text + " " + number));
                    }
                });
    }

    private void sayIfUp(Stage stage, String user, String text) {
        var it = stage.server(server);
        if (!it.isUp()) {
            return;
        }
        stage.perform(
                user + " says \"" + text + "\"",
                it,
                it.messaging()
                        .rooms()
                        .send(
                                stage.room(""),
                                new UserId(user),
                                "m.room.message",
                                Texts.message(text),
                                Optional.empty()),
                id -> stage.simulation().acknowledge(it, id),
                failure -> {
                    if (!(failure instanceof MatrixException)) {
                        stage.simulation().violations().add(user + " can't speak", failure);
                    }
                });
    }

    public When joins(String user, String... via) {
        return new Doing(
                at(user + " joins"),
                stage ->
                        stage.register(
                                new UserId(user),
                                () ->
                                        perform(
                                                stage,
                                                user + " joins",
                                                messaging ->
                                                        messaging
                                                                .memberships()
                                                                .join(
                                                                        stage.room(""),
                                                                        new UserId(user),
                                                                        vias(stage, via),
                                                                        Optional.empty()))));
    }

    private List<ServerName> vias(Stage stage, String... via) {
        return via.length > 0
                ? Stream.of(via).map(ServerName::new).toList()
                : stage.simulation().servers().stream()
                        .map(SimServer::name)
                        .filter(name -> !name.value().equals(server))
                        .toList();
    }

    public When leaves(String user) {
        return membership(
                user + " leaves",
                (messaging, room) ->
                        messaging.memberships().leave(room, new UserId(user), Optional.empty()));
    }

    public When invites(String user, String target) {
        return new Doing(
                at(user + " invites " + target),
                stage ->
                        stage.register(
                                new UserId(target),
                                () ->
                                        perform(
                                                stage,
                                                user + " invites " + target,
                                                messaging ->
                                                        messaging
                                                                .memberships()
                                                                .invite(
                                                                        stage.room(""),
                                                                        new UserId(user),
                                                                        new UserId(target),
                                                                        Optional.empty()))));
    }

    public When kicks(String user, String target) {
        return membership(
                user + " kicks " + target,
                (messaging, room) ->
                        messaging
                                .memberships()
                                .kick(
                                        room,
                                        new UserId(user),
                                        new UserId(target),
                                        Optional.empty()));
    }

    public When bans(String user, String target) {
        return membership(
                user + " bans " + target,
                (messaging, room) ->
                        messaging
                                .memberships()
                                .ban(room, new UserId(user), new UserId(target), Optional.empty()));
    }

    public When unbans(String user, String target) {
        return membership(
                user + " unbans " + target,
                (messaging, room) ->
                        messaging
                                .memberships()
                                .unban(
                                        room,
                                        new UserId(user),
                                        new UserId(target),
                                        Optional.empty()));
    }

    public When setsTopic(String user, String topic) {
        return sets(user, "m.room.topic", "", Texts.one("topic", topic));
    }

    /// Gives users a power level of their own.
    public When empowers(String user, int level, String... targets) {
        return new Doing(
                at(user + " gives " + List.of(targets) + " the level " + level),
                stage -> {
                    var content = Sights.stateContent(stage, server, "m.room.power_levels");
                    sets(user, "m.room.power_levels", "", Texts.levels(content, level, targets))
                            .begin(stage);
                });
    }

    public When sets(String user, String type, String stateKey, JsonObject content) {
        return event(
                user + " sets " + type + " " + stateKey,
                (messaging, room) ->
                        messaging
                                .rooms()
                                .setState(room, new UserId(user), type, stateKey, content));
    }

    /// Pages from the newest event back to where there is no more.
    public When readsBack(String user) {
        return new Doing(
                at(user + " reads back"),
                stage -> new Reading(stage, stage.server(server), new UserId(user)).begin());
    }

    /// Until the server has this message, accepted.
    public When hears(String text) {
        return new Awaiting(
                at("\"" + text + "\" arrives"),
                stage ->
                        Sights.find(stage.server(server), text).stream()
                                .anyMatch(it -> it.status() == EventStatus.ACCEPTED));
    }

    /// Until the room has this topic here.
    public When hearsTopic(String topic) {
        return new Awaiting(
                at("the topic \"" + topic + "\" arrives"),
                stage -> topicAt(stage).equals(Optional.of(topic)));
    }

    private Optional<String> topicAt(Stage stage) {
        return Sights.stateContent(stage, server, "m.room.topic").string("topic");
    }

    // What happens to servers, and what they do to each other.

    public When crashes() {
        return new Doing(at("it crashes"), stage -> stage.crash(stage.server(server)));
    }

    public When restarts() {
        return new Doing(at("it restarts"), stage -> stage.server(server).start());
    }

    /// At a moment of the seed's choice, for so long.
    public When crashesWithin(Duration within, Duration downFor) {
        return new Doing(
                at("it crashes within " + within + " and is back after " + downFor),
                stage -> {
                    var random = stage.simulation().random().split(server + " " + stage.now());
                    var moment = Duration.ofNanos(random.nextLong(within.toNanos()));
                    stage.later(moment, () -> crashIfUp(stage, downFor));
                });
    }

    private void crashIfUp(Stage stage, Duration downFor) {
        var it = stage.server(server);
        if (it.isUp()) {
            stage.crash(it);
            stage.later(downFor, () -> startIfDown(it));
        }
    }

    private static void startIfDown(SimServer server) {
        if (!server.isUp()) {
            server.start();
        }
    }

    /// Sends the last transaction that the other took once more, byte for byte, and is to get the
    /// very same answer.
    public When resendsTo(String other) {
        return new Doing(
                at("it sends its last transaction to " + other + " again"),
                stage -> new Courier(stage, stage.server(server)).resend(stage.server(other)));
    }

    /// Sends an event that it has in a new transaction of its own.
    public When relays(String text, String other) {
        return new Doing(
                at("it sends \"" + text + "\" to " + other + " on its own account"),
                stage -> {
                    var it = stage.server(server);
                    var event = Sights.find(it, text).getFirst().pdu();
                    new Courier(stage, it).send(stage.server(other), event);
                });
    }

    /// Sends an event that cites events which nobody has.
    public When sendsOrphan(String user, String text, String other) {
        return new Doing(
                at("it sends an orphan \"" + text + "\" to " + other),
                stage -> {
                    var it = stage.server(server);
                    var orphan = new Orphan(stage, it).event(new UserId(user), text);
                    new Courier(stage, it).send(stage.server(other), orphan);
                });
    }

    // What is seen.

    /// It has this message, once, with this verdict.
    public Then sees(String text, EventStatus status) {
        return new Expecting(
                at("\"" + text + "\" is " + status),
                stage -> Sights.checkStatus(stage.server(server), text, status));
    }

    public Then doesNotSee(String text) {
        return new Expecting(
                at("\"" + text + "\" is not seen"),
                stage -> Sights.checkAbsent(stage.server(server), text));
    }

    /// Its application was shown this message exactly once.
    public Then showsOnce(String text) {
        return new Expecting(
                at("\"" + text + "\" is shown once"),
                stage -> Sights.checkShownOnce(stage, stage.server(server), text));
    }

    public Then hasTopic(String topic) {
        return new Expecting(
                at("the topic is \"" + topic + "\""),
                stage -> Sights.checkEquals(topicAt(stage), Optional.of(topic)));
    }

    /// The user got every event that the other server has of the room, each once, newest first.
    public Then hasReadAllOf(String user, String other) {
        return new Expecting(
                at(user + " has read all that " + other + " has"),
                stage -> Sights.checkReadAll(stage, new UserId(user), stage.server(other)));
    }

    // How all of it is done.

    private When event(String what, BiFunction<MessagingLayer, RoomId, Uni<EventId>> call) {
        return new Doing(
                at(what),
                stage -> {
                    var it = stage.server(server);
                    stage.perform(
                            what,
                            it,
                            call.apply(it.messaging(), stage.room("")),
                            id -> stage.simulation().acknowledge(it, id));
                });
    }

    private When membership(String what, BiFunction<MessagingLayer, RoomId, Uni<Void>> call) {
        return new Doing(
                at(what),
                stage -> {
                    var it = stage.server(server);
                    stage.perform(what, it, call.apply(it.messaging(), stage.room("")), _ -> {});
                });
    }

    private void perform(Stage stage, String what, Function<MessagingLayer, Uni<?>> call) {
        var it = stage.server(server);
        stage.perform(what, it, call.apply(it.messaging()), _ -> {});
    }

    private String at(String what) {
        return "at " + server + ", " + what;
    }
}
