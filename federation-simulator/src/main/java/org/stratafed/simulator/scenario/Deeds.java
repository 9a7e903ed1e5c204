package org.stratafed.simulator.scenario;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.Memberships;
import org.stratafed.api.layer.messaging.Timeline.MessagesRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.store.RoomTable;

/// What one user tries in the scenario's room. It may be refused.
record Deeds(Stage stage, SimServer server, UserId user) {

    private static final int PAGE_MAX = 10;
    private static final int PAGES_MAX = 4;

    void says(String text) {
        event(
                "says " + text,
                server.messaging()
                        .rooms()
                        .send(
                                stage.room(""),
                                user,
                                "m.room.message",
                                Texts.message(text),
                                Optional.empty()));
    }

    void setsTopic(String topic) {
        sets("m.room.topic", Texts.one("topic", topic));
    }

    void empowers(UserId other, int level) {
        var levels = Sights.stateContent(stage, server, "m.room.power_levels");
        if (!levels.isEmpty()) {
            sets("m.room.power_levels", Texts.levels(levels, level, other.value()));
        }
    }

    /// Puts a server on the list of those that the room has nothing to do with.
    void denies(ServerName other) {
        var denied = denied();
        denied.add(other.value());
        sets("m.room.server_acl", Texts.allBut(denied));
    }

    /// Takes a server off that list.
    void admits(ServerName other) {
        var denied = denied();
        if (denied.remove(other.value())) {
            sets("m.room.server_acl", Texts.allBut(denied));
        }
    }

    private SequencedSet<String> denied() {
        return new LinkedHashSet<>(
                Sights.stateContent(stage, server, "m.room.server_acl")
                        .array("deny")
                        .flatMap(JsonArray::strings)
                        .orElse(List.of()));
    }

    /// Changes another's level, and nothing but that.
    void ranks(UserId other, int level) {
        changesLevels("users", other.value(), level);
    }

    /// Says from which level on somebody may set state of a type.
    void demands(String type, int level) {
        changesLevels("events", type, level);
    }

    private void changesLevels(String of, String key, int level) {
        var levels = Sights.stateContent(stage, server, "m.room.power_levels");
        if (!levels.isEmpty()) {
            var changed = levels.object(of).orElse(JsonObject.empty());
            sets("m.room.power_levels", levels.with(of, changed.with(key, JsonNumber.of(level))));
        }
    }

    private void sets(String type, JsonObject content) {
        event(
                "sets " + type,
                server.messaging().rooms().setState(stage.room(""), user, type, "", content));
    }

    /// Invites an address that is the other one's, which nobody knows yet.
    void invitesAddressOf(UserId other) {
        var identities = IdentityServer.of(stage);
        var type = "m.room.third_party_invite";
        attempt(
                "invites an address",
                server.messaging()
                        .rooms()
                        .setState(
                                stage.room(""),
                                user,
                                type,
                                IdentityServer.token(other),
                                identities.invitation()),
                id -> {
                    stage.simulation().acknowledge(server, id);
                    identities.keep(stage.room(""), user, other);
                });
    }

    /// Tells whose the address is.
    void bindsAddress() {
        attempt("binds an address", IdentityServer.of(stage).bind(server, user), _ -> {});
    }

    void joins() {
        attempt(
                "joins",
                memberships().join(stage.room(""), user, others(), Optional.empty()),
                _ -> {});
    }

    void knocks() {
        attempt(
                "knocks",
                memberships().knock(stage.room(""), user, others(), Optional.empty()),
                _ -> {});
    }

    private List<ServerName> others() {
        return stage.simulation().servers().stream()
                .map(SimServer::name)
                .filter(name -> !name.equals(server.name()))
                .toList();
    }

    void setsDoor(int number) {
        sets("m.room.join_rules", Door.of(number).rule(stage));
    }

    void leaves() {
        attempt("leaves", memberships().leave(stage.room(""), user, Optional.empty()), _ -> {});
    }

    void invites(UserId other) {
        attempt(
                "invites " + other,
                memberships().invite(stage.room(""), user, other, Optional.empty()),
                _ -> {});
    }

    void kicks(UserId other) {
        attempt(
                "kicks " + other,
                memberships().kick(stage.room(""), user, other, Optional.empty()),
                _ -> {});
    }

    void bans(UserId other) {
        attempt(
                "bans " + other,
                memberships().ban(stage.room(""), user, other, Optional.empty()),
                _ -> {});
    }

    void unbans(UserId other) {
        attempt(
                "unbans " + other,
                memberships().unban(stage.room(""), user, other, Optional.empty()),
                _ -> {});
    }

    /// Takes back the newest there is, whosever it is.
    void redacts() {
        server.disk()
                .room(stage.room(""))
                .filter(RoomTable::isHeld)
                .ifPresent(
                        room ->
                                event(
                                        "redacts",
                                        server.messaging()
                                                .rooms()
                                                .redact(
                                                        room.id(),
                                                        user,
                                                        room.extremities().getFirst(),
                                                        Optional.empty(),
                                                        Optional.empty())));
    }

    /// Asks for what was before the newest events, and for what was before that.
    void readsBack() {
        readsBack(Optional.empty(), PAGES_MAX);
    }

    private void readsBack(Optional<String> from, int pages) {
        var request =
                new MessagesRequest(
                        stage.room(""), from, Optional.empty(), true, PAGE_MAX, EventFilter.ALL);
        attempt(
                "reads back",
                server.messaging().timeline().messages(user, request),
                page -> {
                    if (page.end().isPresent() && pages > 1) {
                        readsBack(page.end(), pages - 1);
                    }
                });
    }

    private Memberships memberships() {
        return server.messaging().memberships();
    }

    private void event(String what, Uni<EventId> call) {
        attempt(what, call, id -> stage.simulation().acknowledge(server, id));
    }

    private <T> void attempt(String what, Uni<T> call, Consumer<T> then) {
        stage.simulation().note(user + " " + what);
        stage.perform(
                user + " " + what,
                server,
                call,
                then,
                failure -> {
                    if (!Bustle.isAnAnswer(failure)) {
                        stage.simulation().violations().add(user + " " + what, failure);
                    }
                });
    }
}
