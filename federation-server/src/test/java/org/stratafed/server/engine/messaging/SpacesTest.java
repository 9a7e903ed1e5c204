package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.InitialState;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.RoomSummary;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;

/// What another server is told of spaces of this one.
class SpacesTest extends SharedRoom {

    private static final JsonObject SPACE = object("type", "m.space");

    @Test
    void aSpaceIsToldWithTheRoomsThatTheServerCouldComeInto() {
        var open = create("Open", "public");
        var knocking = create("Knocking", "knock");
        var closed = create("Closed", "invite");
        var elsewhere = new RoomId("!elsewhere:gamma");
        var space = space("public", open, closed, knocking, elsewhere);

        var told = hierarchy(space, false);
        assertThat(told.room().room()).isEqualTo(space);
        assertThat(told.room().kind().isSpace()).isTrue();
        assertThat(told.room().kind().version()).contains(new RoomVersion("12"));
        assertThat(told.room().joinedMembers()).isEqualTo(1);
        assertThat(children(told))
                .containsExactly(open.value(), closed.value(), knocking.value(), elsewhere.value());
        assertThat(told.children()).extracting(RoomSummary::room).containsExactly(open, knocking);
        assertThat(told.children().getFirst().look().name()).contains("Open");
        assertThat(told.children().getLast().door().joinRule()).contains("knock");
        assertThat(told.inaccessible()).containsExactly(closed);
    }

    @Test
    void whatTheWorldMayReadIsTold() {
        var closed = create("Closed", "invite");
        state(closed, "m.room.history_visibility", "", visibility("world_readable"));
        var told = hierarchy(space("public", closed), false);
        assertThat(told.children()).extracting(RoomSummary::room).containsExactly(closed);
        assertThat(told.children().getFirst().door().worldReadable()).isTrue();
    }

    @Test
    void aRoomForMembersOfAnotherIsToldToServersInThat() {
        var rule =
                object("join_rule", "restricted")
                        .with(
                                "allow",
                                JsonArray.of(
                                        List.of(
                                                object("type", "m.room_membership")
                                                        .with("room_id", text(room.value())))));
        var restricted = create("Restricted", "invite");
        state(restricted, "m.room.join_rules", "", rule);
        var space = space("public", restricted);

        assertThat(hierarchy(space, false).inaccessible()).containsExactly(restricted);
        join(beta, bob);
        var told = hierarchy(space, false);
        assertThat(told.inaccessible()).isEmpty();
        assertThat(told.children())
                .singleElement()
                .satisfies(child -> assertThat(child.door().allowedRooms()).containsExactly(room));
    }

    @Test
    void aClosedRoomIsToldToServersThatAreInItOrInvited() {
        var closed = create("Closed", "invite");
        var space = space("public", closed);
        assertThat(hierarchy(space, false).inaccessible()).containsExactly(closed);

        alpha.get(() -> alpha.messaging().memberships().invite(closed, alice, bob, none()));
        assertThat(hierarchy(space, false).children()).hasSize(1);
        assertError(MatrixErrorCode.NOT_FOUND, () -> asked("gamma", closed));

        var via = List.of(alpha.server.name);
        beta.get(() -> beta.messaging().memberships().join(closed, bob, via, none()));
        assertThat(hierarchy(closed, false).room().joinedMembers()).isEqualTo(2);
    }

    /// What isn't here, and what is none of the asker's business, look the same.
    @Test
    void aRoomThatCannotBeComeIntoIsNotFound() {
        var closed = create("Closed", "invite");
        assertError(MatrixErrorCode.NOT_FOUND, () -> hierarchy(closed, false));
        assertError(MatrixErrorCode.NOT_FOUND, () -> hierarchy(new RoomId("!none:alpha"), false));
        var own =
                create(
                        "Own",
                        "public",
                        JsonObject.builder().put("m.federate", false).build(),
                        List.of());
        assertError(MatrixErrorCode.NOT_FOUND, () -> hierarchy(own, false));
    }

    @Test
    void aRoomThatNobodyHereIsInAnyMoreIsNotKnown() {
        assertThat(hierarchy(room, false).room().room()).isEqualTo(room);
        alpha.get(() -> alpha.messaging().memberships().leave(room, alice, none()));
        assertError(MatrixErrorCode.NOT_FOUND, () -> hierarchy(room, false));
    }

    @Test
    void onlySuggestedChildrenAreToldWhereThoseAreAskedFor() {
        var one = create("One", "public");
        var two = create("Two", "public");
        var space = space("public", one, two);
        var suggested = child("beta").with("suggested", JsonBoolean.of(true));
        state(space, "m.space.child", two.value(), suggested);
        var told = hierarchy(space, true);
        assertThat(children(told)).containsExactly(two.value());
        assertThat(told.children()).extracting(RoomSummary::room).containsExactly(two);
    }

    @Test
    void whatWasTakenOutOfASpaceIsNoChildAndARoomThatIsNoSpaceHasNone() {
        var one = create("One", "public");
        var two = create("Two", "public");
        var space = space("public", one, two);
        state(space, "m.space.child", one.value(), JsonObject.empty());
        assertThat(children(hierarchy(space, false))).containsExactly(two.value());

        state(room, "m.space.child", one.value(), child("alpha"));
        var told = hierarchy(room, false);
        assertThat(told.childrenState()).isEmpty();
        assertThat(told.children()).isEmpty();
    }

    @Test
    void aChildThatIsRedactedIsNone() {
        var one = create("One", "public");
        var space = space("public", one);
        var event =
                alpha.get(
                                () ->
                                        alpha.messaging()
                                                .timeline()
                                                .stateEvent(
                                                        alice, space, "m.space.child", one.value()))
                        .pdu();
        alpha.get(
                () ->
                        alpha.messaging()
                                .rooms()
                                .redact(space, alice, event.id(), none(), Optional.empty()));
        assertThat(hierarchy(space, false).childrenState()).isEmpty();
    }

    @Test
    void aSpaceThatIsInItselfIsToldOnce() {
        var space = space("public");
        state(space, "m.space.child", space.value(), child("alpha"));
        var told = hierarchy(space, false);
        assertThat(children(told)).containsExactly(space.value());
        assertThat(told.children()).isEmpty();
    }

    @Test
    void aChildIsToldStrippedWithItsTime() {
        var one = create("One", "public");
        var told = hierarchy(space("public", one), false).childrenState().getFirst();
        assertThat(told.keys())
                .containsExactlyInAnyOrder(
                        "type", "state_key", "sender", "content", "origin_server_ts");
    }

    private SpaceHierarchy hierarchy(RoomId space, boolean suggestedOnly) {
        return alpha.get(
                () ->
                        alpha.messaging()
                                .onHierarchy(
                                        beta.server.name,
                                        new HierarchyRequest(space, suggestedOnly)));
    }

    private SpaceHierarchy asked(String server, RoomId space) {
        return alpha.get(
                () ->
                        alpha.messaging()
                                .onHierarchy(
                                        new ServerName(server),
                                        new HierarchyRequest(space, false)));
    }

    private static List<String> children(SpaceHierarchy told) {
        return told.childrenState().stream()
                .map(child -> child.string("state_key").orElseThrow())
                .toList();
    }

    private RoomId space(String joinRule, RoomId... children) {
        var events = new ArrayList<InitialState>();
        for (var child : children) {
            var order = text("a" + events.size());
            events.add(
                    new InitialState(
                            new StateKeyTuple("m.space.child", child.value()),
                            child("alpha").with("order", order)));
        }
        return create("Space", joinRule, SPACE, events);
    }

    private RoomId create(String name, String joinRule) {
        return create(name, joinRule, JsonObject.empty(), List.of());
    }

    private RoomId create(
            String name, String joinRule, JsonObject creation, List<InitialState> state) {
        var request =
                new RoomCreationRequest(
                        Optional.of(new RoomVersion("12")),
                        Optional.of(Preset.PRIVATE_CHAT),
                        false,
                        Optional.empty(),
                        Optional.of(name),
                        Optional.empty(),
                        List.of(),
                        false,
                        state,
                        creation,
                        JsonObject.empty());
        var made = alpha.get(() -> alpha.messaging().rooms().create(alice, request));
        state(made, "m.room.join_rules", "", object("join_rule", joinRule));
        return made;
    }

    private void state(RoomId room, String type, String key, JsonObject content) {
        alpha.get(() -> alpha.messaging().rooms().setState(room, alice, type, key, content));
    }

    private static JsonObject child(String server) {
        return JsonObject.builder().put("via", JsonArray.ofStrings(List.of(server))).build();
    }

    private static JsonObject object(String key, String value) {
        return JsonObject.builder().put(key, value).build();
    }

    private static JsonString text(String text) {
        return new JsonString(text);
    }
}
