package org.stratafed.simulator.scenario;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.ClientTransaction;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.simulator.client.Follower;
import org.stratafed.simulator.host.SimServer;

/// What users do at a server. Where no room is named, it is the scenario's first one.
public interface UserSteps extends AtServer {

    default When says(String user, String text) {
        return says(user, text, Optional.empty());
    }

    /// The same, as a client says it that may have to say it again: the same transaction is the
    /// same message.
    default When says(String user, String text, String transaction) {
        return says(
                user,
                text,
                Optional.of(
                        new ClientTransaction(
                                new UserId(user),
                                new DeviceId("phone"),
                                new TransactionId(transaction))));
    }

    private When says(String user, String text, Optional<ClientTransaction> transaction) {
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
                                        transaction));
    }

    /// The same, and it has to be refused.
    default When isNotHeard(String user, String text) {
        return new Doing(
                at(user + " says \"" + text + "\" and is refused"),
                stage -> {
                    var it = stage.server(server());
                    stage.perform(
                            user + " says \"" + text + "\"",
                            it,
                            said(stage, it, user, text),
                            _ -> stage.simulation().violations().add(user + " was not refused"),
                            failure -> mustBeAnAnswer(stage, user, failure));
                });
    }

    private static Uni<EventId> said(Stage stage, SimServer server, String user, String text) {
        return server.messaging()
                .rooms()
                .send(
                        stage.room(""),
                        new UserId(user),
                        "m.room.message",
                        Texts.message(text),
                        Optional.empty());
    }

    /// So many messages, one after the other: the text with a number.
    default When saysMany(String user, String text, int count) {
        return new Doing(
                at(user + " says \"" + text + "\" " + count + " times"),
                stage -> sayNext(stage, user, text, 1, count));
    }

    private void sayNext(Stage stage, String user, String text, int next, int count) {
        if (next > count) {
            return;
        }
        var it = stage.server(server());
        stage.perform(
                user + " says \"" + text + " " + next + "\"",
                it,
                said(stage, it, user, text + " " + next),
                id -> {
                    stage.simulation().acknowledge(it, id);
                    sayNext(stage, user, text, next + 1, count);
                });
    }

    /// So many messages at moments of the seed's choice. Those of moments at which the server is
    /// down are not said, nor those that the room doesn't allow.
    default When talks(String user, String text, int count, Duration over) {
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
        var it = stage.server(server());
        if (!it.isUp()) {
            return;
        }
        stage.perform(
                user + " says \"" + text + "\"",
                it,
                said(stage, it, user, text),
                id -> stage.simulation().acknowledge(it, id),
                failure -> {
                    if (!(failure instanceof MatrixException)) {
                        stage.simulation().violations().add(user + " can't speak", failure);
                    }
                });
    }

    default When joins(String user, String... via) {
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
                        .filter(name -> !name.value().equals(server()))
                        .toList();
    }

    default When leaves(String user) {
        return membership(
                user + " leaves",
                (messaging, room) ->
                        messaging.memberships().leave(room, new UserId(user), Optional.empty()));
    }

    /// Invites an address, of which only the identity server knows whose it is.
    default When invitesAddress(String user, String owner) {
        return new Doing(
                at(user + " invites an address"),
                stage ->
                        new Deeds(stage, stage.server(server()), new UserId(user))
                                .invitesAddressOf(new UserId(owner)));
    }

    /// The identity server learns whose the address is, and tells so.
    default When bindsAddress(String user) {
        return new Doing(
                at(user + " binds an address"),
                stage ->
                        stage.register(
                                new UserId(user),
                                () ->
                                        new Deeds(stage, stage.server(server()), new UserId(user))
                                                .bindsAddress()));
    }

    default When invites(String user, String target) {
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

    default When kicks(String user, String target) {
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

    default When bans(String user, String target) {
        return membership(
                user + " bans " + target,
                (messaging, room) ->
                        messaging
                                .memberships()
                                .ban(room, new UserId(user), new UserId(target), Optional.empty()));
    }

    default When unbans(String user, String target) {
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

    default When setsTopic(String user, String topic) {
        return sets(user, "m.room.topic", "", Texts.one("topic", topic));
    }

    /// Has the room have nothing to do with these servers, and with all others again.
    default When denies(String user, String... servers) {
        return sets(user, "m.room.server_acl", "", Texts.allBut(List.of(servers)));
    }

    default When knocks(String user, String... via) {
        return new Doing(
                at(user + " knocks"),
                stage ->
                        stage.register(
                                new UserId(user),
                                () ->
                                        perform(
                                                stage,
                                                user + " knocks",
                                                messaging ->
                                                        messaging
                                                                .memberships()
                                                                .knock(
                                                                        stage.room(""),
                                                                        new UserId(user),
                                                                        vias(stage, via),
                                                                        Optional.empty()))));
    }

    /// Sets who may join; with conditions, the members of those other rooms may.
    default When setsJoinRule(String user, String rule, String... others) {
        return new Doing(
                at(user + " sets the join rule " + rule),
                stage ->
                        sets(
                                        user,
                                        "m.room.join_rules",
                                        "",
                                        Texts.joinRule(
                                                rule,
                                                Stream.of(others)
                                                        .map(stage::room)
                                                        .toArray(RoomId[]::new)))
                                .begin(stage));
    }

    /// Wants to join, and is refused.
    default When isNotLetIn(String user, String... via) {
        return new Doing(
                at(user + " is not let in"),
                stage ->
                        stage.register(
                                new UserId(user),
                                () -> {
                                    var it = stage.server(server());
                                    stage.perform(
                                            user + " joins",
                                            it,
                                            it.messaging()
                                                    .memberships()
                                                    .join(
                                                            stage.room(""),
                                                            new UserId(user),
                                                            vias(stage, via),
                                                            Optional.empty()),
                                            _ ->
                                                    stage.simulation()
                                                            .violations()
                                                            .add(user + " was let in"),
                                            failure -> mustBeAnAnswer(stage, user, failure));
                                }));
    }

    private static void mustBeAnAnswer(Stage stage, String user, Throwable failure) {
        if (!(failure instanceof MatrixException)) {
            stage.simulation().violations().add(user + " can't be told", failure);
        }
    }

    /// Gives users a power level of their own.
    default When empowers(String user, int level, String... targets) {
        return new Doing(
                at(user + " gives " + List.of(targets) + " the level " + level),
                stage -> {
                    var content = Sights.stateContent(stage, server(), "m.room.power_levels");
                    sets(user, "m.room.power_levels", "", Texts.levels(content, level, targets))
                            .begin(stage);
                });
    }

    default When sets(String user, String type, String stateKey, JsonObject content) {
        return event(
                user + " sets " + type + " " + stateKey,
                (messaging, room) ->
                        messaging
                                .rooms()
                                .setState(room, new UserId(user), type, stateKey, content));
    }

    /// Pages from the newest event back to where there is no more.
    default When readsBack(String user) {
        return new Doing(
                at(user + " reads back"),
                stage -> new Reading(stage, stage.server(server()), new UserId(user)).begin());
    }

    /// Has the user's client follow his rooms, from now on.
    default When follows(String user) {
        return new Doing(
                at(user + " follows his rooms"),
                stage -> Follower.begin(stage.simulation(), new UserId(user)));
    }

    /// Until the server has this message, accepted.
    default When hears(String text) {
        return new Awaiting(
                at("\"" + text + "\" arrives"),
                stage ->
                        Sights.find(stage.server(server()), text).stream()
                                .anyMatch(it -> it.status() == EventStatus.ACCEPTED));
    }

    /// Until the room has this topic here.
    default When hearsTopic(String topic) {
        return new Awaiting(
                at("the topic \"" + topic + "\" arrives"),
                stage -> Sights.topic(stage, server()).equals(Optional.of(topic)));
    }

    /// Until the user is that to the room here.
    default When hearsOf(String user, String membership) {
        return new Awaiting(
                at(user + " is " + membership),
                stage ->
                        Sights.seenMembership(stage, stage.server(server()), user)
                                .equals(Optional.of(membership)));
    }

    /// Until the user has this power level here.
    default When hearsLevel(String user, int level) {
        return new Awaiting(
                at(user + " has the level " + level),
                stage ->
                        Sights.stateContent(stage, server(), "m.room.power_levels")
                                .object("users")
                                .map(users -> users.integer(user))
                                .equals(Optional.of(OptionalLong.of(level))));
    }

    private When event(String what, BiFunction<MessagingLayer, RoomId, Uni<EventId>> call) {
        return new Doing(
                at(what),
                stage -> {
                    var it = stage.server(server());
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
                    var it = stage.server(server());
                    stage.perform(what, it, call.apply(it.messaging(), stage.room("")), _ -> {});
                });
    }

    private void perform(Stage stage, String what, Function<MessagingLayer, Uni<?>> call) {
        var it = stage.server(server());
        stage.perform(what, it, call.apply(it.messaging()), _ -> {});
    }
}
