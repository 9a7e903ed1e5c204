package org.stratafed.server.engine.transaction.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transaction.TestWorld.PEER;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.Backfill;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.Hierarchy;
import org.stratafed.api.layer.transport.endpoint.Invite;
import org.stratafed.api.layer.transport.endpoint.PublicRoomsList;
import org.stratafed.api.layer.transport.endpoint.SendLeave;
import org.stratafed.api.layer.transport.endpoint.TimestampToEvent;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.server.engine.transaction.ScriptedTransport;

class QueryClientTest {

    private static final EventId EVENT = new EventId("$event");
    private static final RoomId ROOM = new RoomId("!room:beta");
    private static final RawPdu PDU = new RawPdu(JsonObject.builder().put("type", "t").build());

    private final ScriptedTransport transport = new ScriptedTransport();
    private final QueryClient client = new QueryClient(transport);

    @Test
    void aQuestionIsOneRequestToItsEndpoint() {
        var request = new BackfillRequest(ROOM, List.of(EVENT), 10);
        var answer = result(client.backfill(PEER, request));
        assertThat(transport.last().endpoint()).isEqualTo(Backfill.ENDPOINT);
        assertThat(transport.last().destination()).isEqualTo(PEER);
        assertThat(transport.last().question()).isEqualTo(request);
        transport.last().answer(events(PDU, PDU));
        assertThat(answer).containsExactly(List.of(PDU, PDU));
        assertThat(transport.asked()).hasSize(1);
    }

    @Test
    void anEventIsTheOneInTheAnswer() {
        var answer = result(client.event(PEER, EVENT));
        assertThat(transport.last().endpoint()).isEqualTo(GetEvent.ENDPOINT);
        transport.last().answer(events(PDU));
        assertThat(answer).containsExactly(Optional.of(PDU));
    }

    @Test
    void anEventThatTheServerSaysItDoesNotHaveIsEmpty() {
        for (var failure :
                List.of(
                        refused(404, Optional.of("M_NOT_FOUND")),
                        refused(400, Optional.of("M_NOT_FOUND")),
                        refused(404, Optional.of("M_UNKNOWN")),
                        refused(404, Optional.empty()))) {
            var answer = result(client.event(PEER, EVENT));
            transport.last().fail(failure);
            assertThat(answer).containsExactly(Optional.empty());
        }
        var answer = result(client.event(PEER, EVENT));
        transport.last().answer(events());
        assertThat(answer).containsExactly(Optional.empty());
    }

    @Test
    void anEventNearATimeThatTheServerSaysItDoesNotHaveIsEmpty() {
        var request = new TimestampRequest(ROOM, 17, true);
        var none = result(client.timestampToEvent(PEER, request));
        assertThat(transport.last().endpoint()).isEqualTo(TimestampToEvent.ENDPOINT);
        transport.last().fail(refused(404, Optional.of("M_NOT_FOUND")));
        assertThat(none).containsExactly(Optional.empty());
        var found = result(client.timestampToEvent(PEER, request));
        transport.last().answer(new EventAtTime(EVENT, 16));
        assertThat(found).containsExactly(Optional.of(new EventAtTime(EVENT, 16)));
    }

    /// A server of an older version has the one without a filter only.
    @Test
    void publishedRoomsAreAskedForWithABodyOnlyIfThereIsAFilter() {
        client.publicRooms(PEER, PublicRoomsRequest.ALL).subscribe().with(_ -> {});
        assertThat(transport.last().endpoint()).isEqualTo(PublicRoomsList.ENDPOINT);
        var filtered =
                new PublicRoomsRequest(
                        OptionalInt.empty(),
                        Optional.empty(),
                        new PublicRoomsRequest.Filter(Optional.of("cats"), Optional.empty()),
                        PublicRoomsRequest.Networks.OWN);
        client.publicRooms(PEER, filtered).subscribe().with(_ -> {});
        assertThat(transport.last().endpoint()).isEqualTo(PublicRoomsList.FILTERED);
        client.hierarchy(PEER, new HierarchyRequest(ROOM, true)).subscribe().with(_ -> {});
        assertThat(transport.last().endpoint()).isEqualTo(Hierarchy.ENDPOINT);
        assertThat(transport.last().question()).isEqualTo(new HierarchyRequest(ROOM, true));
    }

    @Test
    void anyOtherFailureToGetAnEventStaysOne() {
        for (var failure :
                List.of(
                        refused(404, Optional.of("M_UNRECOGNIZED")),
                        refused(403, Optional.of("M_FORBIDDEN")),
                        new RemoteFailure.TimedOut("60 s"))) {
            var answer = result(client.event(PEER, EVENT));
            transport.last().fail(failure);
            assertThat(answer).containsExactly(failure);
        }
    }

    @Test
    void aLeaveHasNoAnswerButThatItWasTaken() {
        var done = new ArrayList<String>();
        client.sendLeave(PEER, new SignedMembership(ROOM, EVENT, PDU))
                .subscribe()
                .with(_ -> done.add("done"));
        assertThat(transport.last().endpoint()).isEqualTo(SendLeave.ENDPOINT);
        transport.last().answer(JsonObject.empty());
        assertThat(done).hasSize(1);
    }

    /// Only of rooms whose version an invite may leave out.
    @Test
    void anInviteIsSentAgainAsInTheFirstVersionOfTheApi() {
        for (var refusal :
                List.of(
                        refused(404, Optional.of("M_UNRECOGNIZED")),
                        refused(404, Optional.empty()),
                        refused(405, Optional.empty()))) {
            var answer = result(client.invite(PEER, invite("2")));
            assertThat(transport.last().endpoint()).isEqualTo(Invite.ENDPOINT);
            transport.last().fail(refusal);
            assertThat(transport.last().endpoint()).isEqualTo(Invite.V1);
            transport.last().answer(PDU);
            assertThat(answer).containsExactly(PDU);
            var newer = result(client.invite(PEER, invite("3")));
            transport.last().fail(refusal);
            assertThat(newer).containsExactly(refusal);
        }
        var forbidden = refused(403, Optional.of("M_FORBIDDEN"));
        var answer = result(client.invite(PEER, invite("1")));
        transport.last().fail(forbidden);
        assertThat(answer).containsExactly(forbidden);
    }

    private static InviteRequest invite(String version) {
        return new InviteRequest(ROOM, EVENT, new RoomVersion(version), PDU, List.of());
    }

    private static List<Object> result(Uni<?> uni) {
        var result = new ArrayList<Object>();
        uni.subscribe().with(result::add, result::add);
        return result;
    }

    private static EventsAnswer events(RawPdu... pdus) {
        return new EventsAnswer(Optional.empty(), OptionalLong.empty(), List.of(pdus));
    }

    private static RemoteFailure refused(int status, Optional<String> errcode) {
        return new RemoteFailure.Refused(status, errcode, "no", OptionalLong.empty());
    }
}
