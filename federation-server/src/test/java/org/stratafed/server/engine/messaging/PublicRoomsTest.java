package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.RoomCreationRequest.Preset;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.PublicRoomsRequest.Filter;
import org.stratafed.api.model.exchange.PublicRoomsRequest.Networks;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

/// What a server tells of the rooms in its directory.
class PublicRoomsTest extends SharedRoom {

    private static final JsonObject NOTHING = JsonObject.empty();

    @Test
    void onlyPublishedRoomsAreListedInTheOrderTheyWerePublishedIn() {
        var cats = publish("Cats", "for kittens", NOTHING);
        var dogs = publish("Dogs", "for puppies", NOTHING);
        var listed = list(PublicRoomsRequest.ALL);
        assertThat(rooms(listed)).containsExactly(cats, dogs);
        assertThat(listed.total()).isEqualTo(OptionalLong.of(2));
        assertThat(listed.nextBatch()).isEmpty();
        assertThat(listed.prevBatch()).isEmpty();
        var first = listed.chunk().getFirst();
        assertThat(first.look().name()).contains("Cats");
        assertThat(first.look().topic()).contains("for kittens");
        assertThat(first.door().joinRule()).contains("public");
        assertThat(first.joinedMembers()).isEqualTo(1);
    }

    @Test
    void anotherServersRoomsAreAskedOfIt() {
        var cats = publish("Cats", "for kittens", NOTHING);
        var listed =
                beta.get(
                        () ->
                                beta.messaging()
                                        .directory()
                                        .publicRooms(
                                                Optional.of(alpha.server.name),
                                                PublicRoomsRequest.ALL));
        assertThat(rooms(listed)).containsExactly(cats);
        assertThat(
                        rooms(
                                beta.get(
                                        () ->
                                                beta.messaging()
                                                        .directory()
                                                        .publicRooms(
                                                                Optional.empty(),
                                                                PublicRoomsRequest.ALL))))
                .isEmpty();
    }

    @Test
    void pagesMeetWithoutHolesOrRepeatsInBothDirections() {
        var all = new ArrayList<RoomId>();
        for (int i = 0; i < 5; i++) {
            all.add(publish("Room " + i, "topic", NOTHING));
        }
        var first = list(page(2, Optional.empty()));
        assertThat(rooms(first)).containsExactly(all.get(0), all.get(1));
        assertThat(first.prevBatch()).isEmpty();
        var second = list(page(2, first.nextBatch()));
        assertThat(rooms(second)).containsExactly(all.get(2), all.get(3));
        var third = list(page(2, second.nextBatch()));
        assertThat(rooms(third)).containsExactly(all.get(4));
        assertThat(third.nextBatch()).isEmpty();

        var back = list(page(2, third.prevBatch()));
        assertThat(rooms(back)).containsExactly(all.get(2), all.get(3));
        assertThat(rooms(list(page(9, back.nextBatch())))).containsExactly(all.get(4));
        var start = list(page(2, back.prevBatch()));
        assertThat(rooms(start)).containsExactly(all.get(0), all.get(1));
        assertThat(start.prevBatch()).isEmpty();
        assertThat(start.nextBatch()).isPresent();
    }

    @Test
    void aPageThatIsJustFullIsTheLastOne() {
        publish("One", "topic", NOTHING);
        publish("Two", "topic", NOTHING);
        assertThat(list(page(2, Optional.empty())).nextBatch()).isEmpty();
    }

    @Test
    void whatIsPublishedMeanwhileComesLater() {
        publish("One", "topic", NOTHING);
        var two = publish("Two", "topic", NOTHING);
        var first = list(page(1, Optional.empty()));
        var three = publish("Three", "topic", NOTHING);
        assertThat(rooms(list(page(5, first.nextBatch())))).containsExactly(two, three);
    }

    @Test
    void aFilterLooksIntoNamesTopicsAndAliasesWhateverTheirCase() {
        var cats = publish("Cats", "for kittens", NOTHING);
        var more = publish("More", "about CATS", NOTHING);
        publish("Dogs", "for puppies", NOTHING);
        assertThat(rooms(list(search("cAt")))).containsExactly(cats, more);
        assertThat(rooms(list(search("#cats:alpha")))).containsExactly(cats);
        assertThat(rooms(list(search("birds")))).isEmpty();
        assertError(MatrixErrorCode.INVALID_PARAM, () -> list(search("x".repeat(256))));
    }

    @Test
    void aFilterPagesOverWhatDoesNotMatch() {
        var found = new ArrayList<RoomId>();
        for (int i = 0; i < 3; i++) {
            publish("Other " + i, "topic", NOTHING);
            found.add(publish("Wanted " + i, "topic", NOTHING));
        }
        publish("Other", "topic", NOTHING);
        var first =
                list(
                        new PublicRoomsRequest(
                                OptionalInt.of(2), none(), term("wanted"), Networks.OWN));
        assertThat(rooms(first)).isEqualTo(found.subList(0, 2));
        var rest =
                list(
                        new PublicRoomsRequest(
                                OptionalInt.of(2),
                                first.nextBatch(),
                                term("wanted"),
                                Networks.OWN));
        assertThat(rooms(rest)).isEqualTo(found.subList(2, 3));
        assertThat(rest.nextBatch()).isEmpty();
    }

    @Test
    void aFilterTellsRoomsFromSpaces() {
        var talk = publish("Talk", "topic", NOTHING);
        var space = publish("Space", "topic", JsonObject.builder().put("type", "m.space").build());
        assertThat(rooms(list(ofTypes(List.of(Optional.of("m.space")))))).containsExactly(space);
        assertThat(rooms(list(ofTypes(List.of(Optional.empty()))))).containsExactly(talk);
        assertThat(rooms(list(ofTypes(List.of(Optional.empty(), Optional.of("m.space"))))))
                .containsExactly(talk, space);
        assertThat(rooms(list(ofTypes(List.of())))).isEmpty();
    }

    @Test
    void aRoomThatOthersCannotBeInIsListedHereOnly() {
        var own = publish("Own", "topic", JsonObject.builder().put("m.federate", false).build());
        assertThat(rooms(list(PublicRoomsRequest.ALL))).isEmpty();
        assertThat(
                        rooms(
                                alpha.get(
                                        () ->
                                                alpha.messaging()
                                                        .directory()
                                                        .publicRooms(
                                                                Optional.empty(),
                                                                PublicRoomsRequest.ALL))))
                .containsExactly(own);
    }

    @Test
    void aRoomThatNobodyHereIsInAnyMoreIsNotListed() {
        var cats = publish("Cats", "for kittens", NOTHING);
        alpha.get(() -> alpha.messaging().memberships().leave(cats, alice, none()));
        assertThat(rooms(list(PublicRoomsRequest.ALL))).isEmpty();
    }

    @Test
    void whatIsRedactedIsNotTold() {
        publish("Cats", "for kittens", NOTHING);
        var listed = rooms(list(PublicRoomsRequest.ALL)).getFirst();
        var event =
                alpha.get(
                                () ->
                                        alpha.messaging()
                                                .timeline()
                                                .stateEvent(alice, listed, "m.room.topic", ""))
                        .pdu();
        alpha.get(
                () ->
                        alpha.messaging()
                                .rooms()
                                .redact(listed, alice, event.id(), none(), Optional.empty()));
        assertThat(list(PublicRoomsRequest.ALL).chunk().getFirst().look().topic()).isEmpty();
    }

    @Test
    void thereAreNoRoomsOfOtherNetworks() {
        publish("Cats", "for kittens", NOTHING);
        var irc =
                new PublicRoomsRequest(
                        OptionalInt.empty(),
                        none(),
                        Filter.NONE,
                        new Networks(false, Optional.of("irc")));
        assertThat(list(irc).chunk()).isEmpty();
    }

    @Test
    void aTokenThatIsNotOursIsRefused() {
        for (var token : List.of("x1", "n", "", "p-1", "n99999999999999999999")) {
            assertError(MatrixErrorCode.INVALID_PARAM, () -> list(page(2, Optional.of(token))));
        }
        var end = list(page(2, Optional.of("n" + Long.MAX_VALUE)));
        assertThat(end.chunk()).isEmpty();
        assertThat(list(page(2, Optional.of("p0"))).chunk()).isEmpty();
    }

    @Test
    void onlyWhoMayNameTheRoomMayPublishIt() {
        join(alpha, anna);
        assertError(MatrixErrorCode.FORBIDDEN, () -> setPublished(anna, true));
        setPublished(alice, true);
        assertThat(rooms(list(PublicRoomsRequest.ALL))).containsExactly(room);
        assertThat(alpha.get(() -> alpha.messaging().directory().isPublished(room))).isTrue();
        setPublished(alice, false);
        assertThat(rooms(list(PublicRoomsRequest.ALL))).isEmpty();
    }

    private void setPublished(UserId user, boolean isPublished) {
        alpha.get(() -> alpha.messaging().directory().publish(room, user, isPublished));
    }

    private RoomId publish(String name, String topic, JsonObject creation) {
        var request =
                new RoomCreationRequest(
                        Optional.of(new RoomVersion("11")),
                        Optional.of(Preset.PUBLIC_CHAT),
                        true,
                        Optional.of(name.toLowerCase(Locale.ROOT).replace(" ", "-")),
                        Optional.of(name),
                        Optional.of(topic),
                        List.of(),
                        false,
                        List.of(),
                        creation,
                        JsonObject.empty());
        return alpha.get(() -> alpha.messaging().rooms().create(alice, request));
    }

    private PublicRooms list(PublicRoomsRequest request) {
        return alpha.get(() -> alpha.messaging().onPublicRooms(beta.server.name, request));
    }

    private static List<RoomId> rooms(PublicRooms listed) {
        return listed.chunk().stream().map(it -> it.room()).toList();
    }

    private static PublicRoomsRequest page(int limit, Optional<String> since) {
        return new PublicRoomsRequest(OptionalInt.of(limit), since, Filter.NONE, Networks.OWN);
    }

    private static Filter term(String term) {
        return new Filter(Optional.of(term), Optional.empty());
    }

    private static PublicRoomsRequest search(String term) {
        return new PublicRoomsRequest(OptionalInt.empty(), none(), term(term), Networks.OWN);
    }

    private static PublicRoomsRequest ofTypes(List<Optional<String>> types) {
        return new PublicRoomsRequest(
                OptionalInt.empty(),
                none(),
                new Filter(Optional.empty(), Optional.of(types)),
                Networks.OWN);
    }
}
