package org.stratafed.api.layer.transport.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.RoomSummary;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersion;

class EndpointsTest {

    private static final RoomId ROOM = new RoomId("!r/oom?:alpha");
    private static final EventId EVENT = new EventId("$a/b+c");
    private static final EventId OTHER = new EventId("$other");
    private static final UserId USER = new UserId("@u +:alpha");
    private static final ServerName ALPHA = new ServerName("alpha");
    private static final RoomVersion V12 = new RoomVersion("12");
    private static final RawPdu PDU =
            new RawPdu(json("{\"type\":\"m.room.member\",\"depth\":1.0}"));
    private static final RawPdu PDU_2 = new RawPdu(json("{\"type\":\"x\"}"));

    private static final RoomSummary FULL =
            new RoomSummary(
                    ROOM,
                    4,
                    new RoomSummary.Door(
                            Optional.of("restricted"),
                            true,
                            true,
                            List.of(new RoomId("!other:alpha"))),
                    new RoomSummary.Look(
                            Optional.of("name"),
                            Optional.of("topic"),
                            Optional.of("#alias:alpha"),
                            Optional.of("mxc://alpha/a")),
                    new RoomSummary.Kind(
                            Optional.of("m.space"),
                            Optional.of("m.megolm.v1.aes-sha2"),
                            Optional.of(V12)));
    private static final RoomSummary BARE =
            new RoomSummary(
                    ROOM,
                    0,
                    new RoomSummary.Door(Optional.empty(), false, false, List.of()),
                    new RoomSummary.Look(
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                    new RoomSummary.Kind(Optional.empty(), Optional.empty(), Optional.empty()));

    @Test
    void namesAndPlacesAreUnique() {
        assertThat(Endpoints.all()).extracting(Endpoint::name).doesNotHaveDuplicates();
        assertThat(Endpoints.all())
                .extracting(endpoint -> endpoint.method() + " " + endpoint.path())
                .doesNotHaveDuplicates();
    }

    @Test
    void questionsComeBackAsTheyWere() {
        var edu = new Edu("m.typing", json("{\"typing\":true}"));
        asks(
                SendTransaction.ENDPOINT,
                new Transaction(
                        new TransactionId("t/1"), ALPHA, 7, List.of(PDU, PDU_2), List.of(edu)));
        asks(
                SendTransaction.ENDPOINT,
                new Transaction(new TransactionId("2"), ALPHA, 7, List.of(), List.of()));
        asks(GetEvent.ENDPOINT, EVENT);
        asks(GetState.ENDPOINT, new EventInRoom(ROOM, EVENT));
        asks(GetStateIds.ENDPOINT, new EventInRoom(ROOM, EVENT));
        asks(GetEventAuth.ENDPOINT, new EventInRoom(ROOM, EVENT));
        asks(Backfill.ENDPOINT, new BackfillRequest(ROOM, List.of(EVENT, OTHER), 100));
        asks(
                GetMissingEvents.ENDPOINT,
                new MissingEventsRequest(ROOM, List.of(EVENT), List.of(OTHER), 20, 3));
        asks(
                MakeJoin.ENDPOINT,
                new MembershipRequest(ROOM, USER, List.of(new RoomVersion("11"), V12)));
        var join = new SignedMembership(ROOM, EVENT, PDU);
        asks(SendJoin.ENDPOINT, new SendJoinRequest(join, false));
        asks(SendJoin.ENDPOINT, new SendJoinRequest(join, true));
        asks(MakeKnock.ENDPOINT, new MembershipRequest(ROOM, USER, List.of(V12)));
        asks(SendKnock.ENDPOINT, new SignedMembership(ROOM, EVENT, PDU));
        asks(MakeLeave.ENDPOINT, new MembershipRequest(ROOM, USER, List.of()));
        asks(SendLeave.ENDPOINT, new SignedMembership(ROOM, EVENT, PDU));
        asks(SendJoin.V1, SendJoinRequest.whole(new SignedMembership(ROOM, EVENT, PDU)));
        asks(SendLeave.V1, new SignedMembership(ROOM, EVENT, PDU));
        for (var version : List.of("1", "2")) {
            var create =
                    json(
                            "{\"type\":\"m.room.create\",\"content\":{\"room_version\":\""
                                    + version
                                    + "\"}}");
            asks(
                    Invite.V1,
                    new InviteRequest(ROOM, EVENT, new RoomVersion(version), PDU, List.of(create)));
        }
        asks(
                Invite.ENDPOINT,
                new InviteRequest(ROOM, EVENT, V12, PDU, List.of(json("{\"type\":\"create\"}"))));
        asks(ExchangeThirdPartyInvite.ENDPOINT, new InvitationRedeemed(ROOM, PDU.json()));
        asks(TimestampToEvent.ENDPOINT, new TimestampRequest(ROOM, 1_700_000_000_000L, true));
        asks(TimestampToEvent.ENDPOINT, new TimestampRequest(ROOM, 0, false));
        asks(Hierarchy.ENDPOINT, new HierarchyRequest(ROOM, true));
        asks(Hierarchy.ENDPOINT, new HierarchyRequest(ROOM, false));
        asks(PublicRoomsList.ENDPOINT, PublicRoomsRequest.ALL);
        asks(
                PublicRoomsList.ENDPOINT,
                new PublicRoomsRequest(
                        OptionalInt.of(7),
                        Optional.of("n 1"),
                        PublicRoomsRequest.Filter.NONE,
                        new PublicRoomsRequest.Networks(false, Optional.of("irc"))));
        asks(PublicRoomsList.FILTERED, PublicRoomsRequest.ALL);
        asks(
                PublicRoomsList.FILTERED,
                new PublicRoomsRequest(
                        OptionalInt.of(7),
                        Optional.of("n1"),
                        new PublicRoomsRequest.Filter(
                                Optional.of("cats"),
                                Optional.of(List.of(Optional.empty(), Optional.of("m.space")))),
                        new PublicRoomsRequest.Networks(true, Optional.empty())));
        asks(QueryDirectory.ENDPOINT, new RoomAlias("#a b:alpha"));
        asks(QueryProfile.ENDPOINT, new ProfileRequest(USER, Optional.of("displayname")));
        asks(QueryProfile.ENDPOINT, new ProfileRequest(USER, Optional.empty()));
    }

    @Test
    void answersComeBackAsTheyWere() {
        var results = new LinkedHashMap<EventId, Optional<String>>();
        results.put(EVENT, Optional.empty());
        results.put(OTHER, Optional.of("not allowed"));
        answers(SendTransaction.ENDPOINT, new TransactionResponse(results));
        answers(GetEvent.ENDPOINT, EventsAnswer.of(ALPHA, 5, List.of(PDU)));
        answers(GetState.ENDPOINT, new StateEvents(List.of(PDU), List.of(PDU_2)));
        answers(GetStateIds.ENDPOINT, new StateIds(List.of(EVENT), List.of(OTHER)));
        answers(GetEventAuth.ENDPOINT, List.of(PDU, PDU_2));
        answers(Backfill.ENDPOINT, EventsAnswer.of(ALPHA, 5, List.of(PDU, PDU_2)));
        answers(GetMissingEvents.ENDPOINT, List.of(PDU));
        answers(MakeJoin.ENDPOINT, new MembershipTemplate(PDU.json(), Optional.of(V12)));
        answers(MakeKnock.ENDPOINT, new MembershipTemplate(PDU.json(), Optional.of(V12)));
        answers(SendKnock.ENDPOINT, List.of(PDU.json(), PDU_2.json()));
        answers(MakeLeave.ENDPOINT, new MembershipTemplate(PDU.json(), Optional.empty()));
        answers(
                SendJoin.ENDPOINT,
                new SendJoinAnswer(
                        List.of(PDU), List.of(PDU_2), Optional.of(PDU), true, List.of(ALPHA)));
        answers(SendLeave.ENDPOINT, JsonObject.empty());
        answers(SendLeave.V1, JsonObject.empty());
        answers(Invite.V1, PDU);
        answers(
                SendJoin.V1,
                new SendJoinAnswer(List.of(PDU), List.of(), Optional.empty(), false, List.of()));
        answers(Invite.ENDPOINT, PDU);
        answers(ExchangeThirdPartyInvite.ENDPOINT, JsonObject.empty());
        answers(TimestampToEvent.ENDPOINT, new EventAtTime(EVENT, 17));
        answers(
                Hierarchy.ENDPOINT,
                new SpaceHierarchy(
                        FULL,
                        List.of(json("{\"type\":\"m.space.child\"}")),
                        List.of(BARE),
                        List.of(ROOM)));
        answers(
                PublicRoomsList.ENDPOINT,
                new PublicRooms(
                        List.of(FULL, BARE),
                        Optional.of("n"),
                        Optional.of("p"),
                        OptionalLong.of(3)));
        answers(
                PublicRoomsList.FILTERED,
                new PublicRooms(
                        List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty()));
        answers(QueryDirectory.ENDPOINT, new DirectoryAnswer(ROOM, List.of(ALPHA)));
        answers(QueryProfile.ENDPOINT, json("{\"displayname\":null,\"x\":[1]}"));
    }

    @Test
    void aTransactionNeedsNoEdusAndLosesOnlyItsMalformedParts() {
        var transaction =
                asked(
                        SendTransaction.ENDPOINT,
                        "{\"origin\":\"alpha\",\"origin_server_ts\":1,\"pdus\":null}",
                        "1");
        assertThat(transaction.pdus()).isEmpty();
        assertThat(transaction.edus()).isEmpty();

        transaction =
                asked(
                        SendTransaction.ENDPOINT,
                        """
                        {"origin": "alpha", "origin_server_ts": 1, "pdus": [1, {"a": 1}, null],
                         "edus": [7, {"edu_type": "x"}, {"edu_type": 1, "content": {}},
                                  {"edu_type": "m.typing", "content": {}}]}
                        """,
                        "1");
        assertThat(transaction.pdus()).containsExactly(new RawPdu(json("{\"a\":1}")));
        assertThat(transaction.edus()).containsExactly(new Edu("m.typing", JsonObject.empty()));
    }

    @Test
    void aQuestionOfTheWrongShapeIsRefused() {
        refused(SendTransaction.ENDPOINT, "{}", MatrixErrorCode.MISSING_PARAM, "1");
        refused(
                SendTransaction.ENDPOINT,
                "{\"origin\":\"alpha\",\"origin_server_ts\":1,\"pdus\":{}}",
                MatrixErrorCode.BAD_JSON,
                "1");
        refused(
                SendTransaction.ENDPOINT,
                "{\"origin\":\"a b\",\"origin_server_ts\":1,\"pdus\":[]}",
                MatrixErrorCode.INVALID_PARAM,
                "1");
        refused(
                GetMissingEvents.ENDPOINT,
                "{\"earliest_events\":[],\"latest_events\":[1]}",
                MatrixErrorCode.BAD_JSON,
                ROOM.value());
        refused(
                GetMissingEvents.ENDPOINT,
                "{\"earliest_events\":[],\"latest_events\":[],\"limit\":-1}",
                MatrixErrorCode.INVALID_PARAM,
                ROOM.value());
        refused(
                Invite.ENDPOINT,
                "{\"room_version\":\"12\",\"event\":[]}",
                MatrixErrorCode.BAD_JSON,
                ROOM.value(),
                EVENT.value());
        refused(
                Invite.ENDPOINT,
                "{\"event\":{}}",
                MatrixErrorCode.MISSING_PARAM,
                ROOM.value(),
                EVENT.value());
        refused(GetEvent.ENDPOINT, MatrixErrorCode.INVALID_PARAM, List.of("no-sigil"), List.of());
        refused(GetState.ENDPOINT, MatrixErrorCode.MISSING_PARAM, List.of(ROOM.value()), List.of());
        refused(
                Backfill.ENDPOINT,
                MatrixErrorCode.MISSING_PARAM,
                List.of(ROOM.value()),
                List.of(new QueryParameter("limit", "5")));
        for (String limit : List.of("-1", "x", "1.0", "", "01")) {
            refused(
                    Backfill.ENDPOINT,
                    MatrixErrorCode.INVALID_PARAM,
                    List.of(ROOM.value()),
                    List.of(new QueryParameter("v", "$e"), new QueryParameter("limit", limit)));
        }
    }

    @Test
    void whatAQuestionLeavesOutHasTheSpecificationsDefault() {
        var missing =
                asked(
                        GetMissingEvents.ENDPOINT,
                        "{\"earliest_events\":[],\"latest_events\":[]}",
                        ROOM.value());
        assertThat(missing.limit()).isEqualTo(10);
        assertThat(missing.minDepth()).isZero();

        var join = parts(List.of(ROOM.value(), USER.value()), List.of(), Optional.empty());
        assertThat(MakeJoin.ENDPOINT.question().decode(join).versions())
                .containsExactly(new RoomVersion("1"));
    }

    @Test
    void theFirstVersionOfTheApiPutsTheStatusIntoTheAnswer() {
        assertThat(JsonWriter.text(SendLeave.V1.answer().encode(JsonObject.empty())))
                .isEqualTo("[200,{}]");
        assertThat(JsonWriter.text(Invite.V1.answer().encode(PDU_2)))
                .isEqualTo("[200,{\"event\":{\"type\":\"x\"}}]");
        garbled(SendLeave.V1, "{}");
        garbled(SendLeave.V1, "[{}]");
    }

    /// The event is the body, and what is told of the room is no part of it.
    @Test
    void anInviteOfTheFirstVersionOfTheApiIsTheEvent() {
        var invite =
                asked(
                        Invite.V1,
                        "{\"type\":\"m.room.member\",\"unsigned\":{\"age\":1,"
                                + "\"invite_room_state\":[{\"type\":\"m.room.name\"}]}}",
                        ROOM.value(),
                        EVENT.value());
        assertThat(invite.pdu().json())
                .isEqualTo(json("{\"type\":\"m.room.member\",\"unsigned\":{\"age\":1}}"));
        assertThat(invite.roomState()).containsExactly(json("{\"type\":\"m.room.name\"}"));
        assertThat(invite.version()).isEqualTo(new RoomVersion("1"));
    }

    @Test
    void aTimeHasToBeANumberAndADirectionOneOfTwo() {
        for (var query : List.of("ts=1", "dir=b", "ts=x&dir=b", "ts=1.5&dir=f", "ts=1&dir=up")) {
            var parameters =
                    Stream.of(query.split("&"))
                            .map(it -> it.split("="))
                            .map(it -> new QueryParameter(it[0], it[1]))
                            .toList();
            refused(
                    TimestampToEvent.ENDPOINT,
                    parameters.size() == 1
                            ? MatrixErrorCode.MISSING_PARAM
                            : MatrixErrorCode.INVALID_PARAM,
                    List.of(ROOM.value()),
                    parameters);
        }
    }

    @Test
    void publishedRoomsAreAskedForInTheSpecificationsShape() {
        for (var query : List.of("limit=-1", "limit=x", "include_all_networks=yes")) {
            var parts = query.split("=");
            refused(
                    PublicRoomsList.ENDPOINT,
                    MatrixErrorCode.INVALID_PARAM,
                    List.of(),
                    List.of(new QueryParameter(parts[0], parts[1])));
        }
        refused(PublicRoomsList.FILTERED, "{\"limit\":-1}", MatrixErrorCode.INVALID_PARAM);
        refused(PublicRoomsList.FILTERED, "{\"limit\":\"1\"}", MatrixErrorCode.BAD_JSON);
        refused(PublicRoomsList.FILTERED, "{\"filter\":[]}", MatrixErrorCode.BAD_JSON);
        refused(
                PublicRoomsList.FILTERED,
                "{\"filter\":{\"room_types\":[1]}}",
                MatrixErrorCode.BAD_JSON);
        refused(
                PublicRoomsList.FILTERED,
                "{\"include_all_networks\":true,\"third_party_instance_id\":\"irc\"}",
                MatrixErrorCode.INVALID_PARAM);
        var nothing = "{\"limit\":0,\"since\":null,\"filter\":{\"generic_search_term\":\" \"}}";
        assertThat(asked(PublicRoomsList.FILTERED, nothing)).isEqualTo(PublicRoomsRequest.ALL);
        var zero = parts(List.of(), List.of(new QueryParameter("limit", "0")), Optional.empty());
        assertThat(PublicRoomsList.ENDPOINT.question().decode(zero))
                .isEqualTo(PublicRoomsRequest.ALL);
    }

    @Test
    void aRoomThatAPeerCannotNameIsLeftOut() {
        var listed =
                PublicRoomsList.ENDPOINT
                        .answer()
                        .decode(
                                json(
                                        "{\"chunk\":[{\"name\":\"no ID\"},7,"
                                                + "{\"room_id\":\"!r:alpha\","
                                                + "\"num_joined_members\":-3}]}"));
        assertThat(listed.chunk())
                .singleElement()
                .satisfies(
                        room -> {
                            assertThat(room.room()).isEqualTo(new RoomId("!r:alpha"));
                            assertThat(room.joinedMembers()).isZero();
                        });
        garbled(Hierarchy.ENDPOINT, "{\"room\":{},\"children\":[]}");
        garbled(TimestampToEvent.ENDPOINT, "{\"event_id\":\"$e\"}");
    }

    @Test
    void aKnockNamesVersions() {
        var knock = parts(List.of(ROOM.value(), USER.value()), List.of(), Optional.empty());

        assertThatThrownBy(() -> MakeKnock.ENDPOINT.question().decode(knock))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it -> assertThat(it.code()).isEqualTo(MatrixErrorCode.MISSING_PARAM));
    }

    @Test
    void versionsThatCantBeAreNotTheRooms() {
        var query = List.of(new QueryParameter("ver", "V_?"), new QueryParameter("ver", "12"));
        var join = parts(List.of(ROOM.value(), USER.value()), query, Optional.empty());

        assertThat(MakeJoin.ENDPOINT.question().decode(join).versions()).containsExactly(V12);
    }

    @Test
    void anAnswerOfTheWrongShapeIsRefused() {
        garbled(GetState.ENDPOINT, "{\"pdus\":[]}");
        garbled(GetState.ENDPOINT, "[]");
        garbled(GetStateIds.ENDPOINT, "{\"pdu_ids\":[\"x\"],\"auth_chain_ids\":[]}");
        garbled(GetEvent.ENDPOINT, "{\"pdus\":{}}");
        garbled(MakeJoin.ENDPOINT, "{\"event\":1}");
        garbled(MakeJoin.ENDPOINT, "{\"event\":{},\"room_version\":12}");
        garbled(Invite.ENDPOINT, "[200,{\"event\":{}}]");
        garbled(QueryDirectory.ENDPOINT, "{\"servers\":[]}");
        garbled(SendLeave.ENDPOINT, "[200,{}]");
    }

    @Test
    void anAnswerLosesOnlyWhatItCanDoWithout() {
        var event = GetEvent.ENDPOINT.answer().decode(json("{\"pdus\":[{}]}"));
        assertThat(event.origin()).isEmpty();
        assertThat(event.pdus()).hasSize(1);

        var alias = "{\"room_id\":\"!r:alpha\",\"servers\":[\"alpha\",\"a b\",3]}";
        assertThat(QueryDirectory.ENDPOINT.answer().decode(json(alias)).servers())
                .containsExactly(ALPHA);

        var join = "{\"state\":null,\"auth_chain\":[{},0]}";
        assertThat(SendJoin.ENDPOINT.answer().decode(json(join)).authChain()).hasSize(1);
    }

    /// Whoever says 200 has taken the transaction: it mustn't be sent for ever.
    @Test
    void aTransactionIsTakenWhateverTheAnswerSays() {
        for (String answer : List.of("{}", "{\"pdus\":[]}", "{\"pdus\":{\"x\":{},\"$e\":1}}")) {
            var response = SendTransaction.ENDPOINT.answer().decode(json(answer));
            assertThat(response.pdus().values()).allSatisfy(error -> assertThat(error).isEmpty());
        }
    }

    private static <Q> void asks(Endpoint<Q, ?> endpoint, Q question) {
        var parts = endpoint.question().encode(question);
        assertThat(parts.body().isPresent()).isEqualTo(!endpoint.method().equals("GET"));
        var path = endpoint.path().match(endpoint.path().expand(parts.path()));
        var body = parts.body().map(object -> JsonReader.readObject(JsonWriter.write(object)));

        assertThat(endpoint.question().decode(parts(path.orElseThrow(), parts.query(), body)))
                .isEqualTo(question);
    }

    private static <A> void answers(Endpoint<?, A> endpoint, A answer) {
        var written = JsonWriter.write(endpoint.answer().encode(answer));
        assertThat(endpoint.answer().decode(JsonReader.read(written))).isEqualTo(answer);
    }

    private static <Q> Q asked(Endpoint<Q, ?> endpoint, String body, String... path) {
        return endpoint.question().decode(parts(List.of(path), List.of(), Optional.of(json(body))));
    }

    private static void refused(
            Endpoint<?, ?> endpoint, String body, MatrixErrorCode code, String... path) {
        assertThatThrownBy(() -> asked(endpoint, body, path))
                .isInstanceOfSatisfying(
                        MatrixException.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private static void refused(
            Endpoint<?, ?> endpoint,
            MatrixErrorCode code,
            List<String> path,
            List<QueryParameter> query) {
        assertThatThrownBy(() -> endpoint.question().decode(parts(path, query, Optional.empty())))
                .isInstanceOfSatisfying(
                        MatrixException.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    private static void garbled(Endpoint<?, ?> endpoint, String answer) {
        var json = JsonReader.read(answer.getBytes(UTF_8));
        assertThatThrownBy(() -> endpoint.answer().decode(json))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RequestParts parts(
            List<String> path, List<QueryParameter> query, Optional<JsonObject> body) {
        return new RequestParts(path, query, body);
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text.getBytes(UTF_8));
    }
}
