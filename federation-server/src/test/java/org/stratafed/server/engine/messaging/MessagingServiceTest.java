package org.stratafed.server.engine.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratafed.server.engine.messaging.SampleEvents.json;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.messaging.RoomCreationRequest;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

/// Users of two servers next door, down to their databases.
class MessagingServiceTest {

    private static final RoomAlias LOBBY = new RoomAlias("#lobby:alpha");

    @TempDir private Path directory;

    private Street street;
    private Household alpha;
    private Household beta;
    private UserId alice;
    private UserId anna;
    private UserId bob;

    @BeforeEach
    void open() {
        street = new Street(directory);
        alpha = new Household("alpha", street);
        beta = new Household("beta", street);
        alice = alpha.register("alice");
        anna = alpha.register("anna");
        bob = beta.register("bob");
    }

    @AfterEach
    void close() {
        assertThat(alpha.server.defects()).isEmpty();
        assertThat(beta.server.defects()).isEmpty();
        street.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    void aRoomIsMadeNamedAndFoundByItsAliasFromNextDoor(String version) {
        var room = create(RoomRequests.open(version, "lobby"));
        assertThat(stateEvent(alpha, alice, room, "m.room.name"))
                .isEqualTo(json("{'name': 'Lobby'}"));
        assertThat(stateEvent(alpha, alice, room, "m.room.canonical_alias"))
                .isEqualTo(json("{'alias': '#lobby:alpha'}"));
        var answer = new DirectoryAnswer(room, List.of(alpha.server.name));
        assertThat(alpha.get(() -> alpha.messaging().directory().resolve(LOBBY))).isEqualTo(answer);
        assertThat(beta.get(() -> beta.messaging().directory().resolve(LOBBY))).isEqualTo(answer);

        assertThat(joinByAlias(bob)).isEqualTo(room);
        assertThat(beta.get(() -> beta.messaging().memberships().joinedRooms(bob)))
                .containsExactly(room);
        assertThat(joinByAlias(bob)).isEqualTo(room);
        beta.say(bob, room, "hello from beta");
        beta.server.push(alpha.server);
        assertThat(bodies(alpha.pageBack(alice, room, Optional.empty(), 1).chunk()))
                .containsExactly("hello from beta");
    }

    @Test
    void anAliasIsGivenOnce() {
        create(RoomRequests.open("12", "lobby"));
        assertError(MatrixErrorCode.ROOM_IN_USE, () -> create(RoomRequests.open("12", "lobby")));
    }

    @Test
    void aVersionNobodyKnowsIsRefused() {
        assertError(
                MatrixErrorCode.UNSUPPORTED_ROOM_VERSION,
                () -> create(RoomRequests.open("org.example.next", "lobby")));
    }

    @Test
    void anInviteFromNextDoorBringsWhatTheRoomIsCalledAndIsAccepted() {
        var room = create(RoomRequests.closed(bob));
        var state = beta.sync(bob).invite().get(room).state();
        assertThat(state).contains(stripped("m.room.name", "{'name': 'Lobby'}"));
        assertThat(state.getLast().object("content").orElseThrow().bool("is_direct"))
                .contains(true);

        assertThat(
                        beta.get(
                                () ->
                                        beta.messaging()
                                                .memberships()
                                                .join(room, bob, List.of(), none())))
                .isEqualTo(room);
        var joined = beta.sync(bob);
        assertThat(joined.invite()).isEmpty();
        assertThat(joined.join()).containsOnlyKeys(room);
    }

    @Test
    void anInviteThatIsRejectedIsOver() {
        var room = create(RoomRequests.closed(bob));
        var invited = beta.sync(bob);
        beta.get(() -> beta.messaging().memberships().leave(room, bob, none()));
        var rejected = beta.sync(bob, invited);
        assertThat(rejected.invite()).isEmpty();
        assertThat(rejected.leave().get(room).timeline())
                .extracting(it -> it.pdu().content().string("membership"))
                .containsExactly(Optional.of("leave"));
        assertThat(beta.sync(bob).isEmpty()).isTrue();
        beta.server.push(alpha.server);
        assertThat(
                        stateEvent(alpha, alice, room, "m.room.member", bob.value())
                                .string("membership"))
                .contains("leave");
    }

    @Test
    void aLocalInviteBringsTheRoomsOwnState() {
        var room = create(RoomRequests.closed(anna));
        var state = alpha.sync(anna).invite().get(room).state();
        assertThat(state)
                .extracting(it -> it.string("type").orElseThrow())
                .contains("m.room.create", "m.room.name", "m.room.join_rules")
                .endsWith("m.room.member");
    }

    @Test
    void whoIsKickedMayNotBeKickedAgainAndABanEndsByUnbanOnly() {
        var room = create(RoomRequests.open());
        var memberships = alpha.messaging().memberships();
        alpha.get(() -> memberships.join(room, anna, List.of(), none()));
        alpha.get(() -> memberships.kick(room, alice, anna, Optional.of("out")));
        assertError(
                MatrixErrorCode.FORBIDDEN,
                () -> alpha.get(() -> memberships.kick(room, alice, anna, none())));
        assertError(
                MatrixErrorCode.FORBIDDEN,
                () -> alpha.get(() -> memberships.unban(room, alice, anna, none())));
        alpha.get(() -> memberships.ban(room, alice, anna, none()));
        assertError(
                MatrixErrorCode.FORBIDDEN,
                () -> alpha.get(() -> memberships.kick(room, alice, anna, none())));
        assertError(
                MatrixErrorCode.FORBIDDEN,
                () -> alpha.get(() -> memberships.join(room, anna, List.of(), none())));
        alpha.get(() -> memberships.unban(room, alice, anna, none()));
        alpha.get(() -> memberships.join(room, anna, List.of(), none()));
        assertThat(alpha.get(() -> memberships.joinedRooms(anna))).containsExactly(room);
    }

    @Test
    void aNewNameIsPutIntoTheUsersRooms() {
        var room = create(RoomRequests.open());
        var name = Optional.of(new JsonString("Alice of Alpha"));
        alpha.get(
                () ->
                        alpha.messaging()
                                .profiles()
                                .setField(alice, "displayname", name.map(it -> it)));
        assertThat(stateEvent(alpha, alice, room, "m.room.member", alice.value()))
                .isEqualTo(json("{'membership': 'join', 'displayname': 'Alice of Alpha'}"));
        assertThat(beta.get(() -> beta.messaging().profiles().profile(alice)))
                .isEqualTo(json("{'displayname': 'Alice of Alpha'}"));
    }

    @Test
    void whoDoesNotExistHasNoProfileAndNoAlias() {
        assertError(
                MatrixErrorCode.NOT_FOUND,
                () ->
                        beta.get(
                                () ->
                                        beta.messaging()
                                                .profiles()
                                                .profile(new UserId("@nobody:alpha"))));
        assertError(
                MatrixErrorCode.NOT_FOUND,
                () -> beta.get(() -> beta.messaging().directory().resolve(LOBBY)));
        assertError(MatrixErrorCode.USER_IN_USE, () -> alpha.register("alice"));
    }

    @Test
    void anAliasIsRemovedByWhoGaveItOrWhoRunsTheRoom() {
        var room = create(RoomRequests.open());
        var directory = alpha.messaging().directory();
        var memberships = alpha.messaging().memberships();
        assertError(
                MatrixErrorCode.FORBIDDEN, () -> alpha.get(() -> directory.add(LOBBY, room, anna)));
        alpha.get(() -> memberships.join(room, anna, List.of(), none()));
        alpha.get(() -> directory.add(LOBBY, room, alice));
        assertError(
                MatrixErrorCode.FORBIDDEN, () -> alpha.get(() -> directory.remove(LOBBY, anna)));
        alpha.get(() -> directory.remove(LOBBY, alice));
        alpha.get(() -> directory.add(LOBBY, room, anna));
        assertThat(alpha.get(() -> directory.aliases(room, anna))).containsExactly(LOBBY);
        alpha.get(() -> directory.remove(LOBBY, alice));
        assertThat(alpha.get(() -> directory.aliases(room, anna))).isEmpty();
    }

    @Test
    void aRoomDoesNotGoByAnAliasThatLeadsElsewhere() {
        var room = create(RoomRequests.open());
        var content = json("{'alias': '#lobby:alpha'}");
        assertError(
                MatrixErrorCode.BAD_ALIAS,
                () -> setState(alice, room, "m.room.canonical_alias", content));
        alpha.get(() -> alpha.messaging().directory().add(LOBBY, room, alice));
        setState(alice, room, "m.room.canonical_alias", content);
        assertThat(stateEvent(alpha, alice, room, "m.room.canonical_alias")).isEqualTo(content);
    }

    private RoomId create(RoomCreationRequest request) {
        return alpha.get(() -> alpha.messaging().rooms().create(alice, request));
    }

    private RoomId joinByAlias(UserId user) {
        return beta.get(() -> beta.messaging().memberships().join(LOBBY, user, List.of(), none()));
    }

    private void setState(UserId user, RoomId room, String type, JsonObject content) {
        alpha.get(() -> alpha.messaging().rooms().setState(room, user, type, "", content));
    }

    private static JsonObject stateEvent(Household at, UserId user, RoomId room, String type) {
        return stateEvent(at, user, room, type, "");
    }

    private static JsonObject stateEvent(
            Household at, UserId user, RoomId room, String type, String key) {
        return at.get(() -> at.messaging().timeline().stateEvent(user, room, type, key))
                .pdu()
                .content();
    }

    private static List<String> bodies(List<TimelineEvent> events) {
        return events.stream().flatMap(it -> body(it)).toList();
    }

    private static Stream<String> body(TimelineEvent event) {
        return event.pdu().content().string("body").stream();
    }

    private JsonObject stripped(String type, String content) {
        return JsonObject.builder()
                .put("type", type)
                .put("state_key", "")
                .put("sender", alice.value())
                .put("content", json(content))
                .build();
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private static void assertError(MatrixErrorCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        MatrixException.class, it -> assertThat(it.code()).isEqualTo(code));
    }
}
