package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

/// What is not answered to a server that the room denies, and not taken from it.
///
/// See "Server Access Control Lists" in the server-server API.
class ServerAclRequestsTest extends HandshakeStage {

    private static final List<String> PROTECTED =
            List.of(
                    "make_join",
                    "send_join",
                    "make_knock",
                    "send_knock",
                    "make_leave",
                    "send_leave",
                    "invite",
                    "state",
                    "state_ids",
                    "event_auth",
                    "backfill",
                    "get_missing_events",
                    "timestamp_to_event");

    private EventId topicEvent;
    private JsonObject bobsLeave;

    private EventId setAcl(List<String> allow, List<String> deny) {
        var content =
                JsonObject.builder()
                        .put("allow", JsonArray.ofStrings(allow))
                        .put("deny", JsonArray.ofStrings(deny))
                        .build();
        var draft = EventDraft.state(room, ALICE, "m.room.server_acl", "", content);
        return alpha.get(() -> alpha.pdu.submit(draft, Optional.empty()));
    }

    private Map<String, Supplier<Uni<?>>> requests(RawPdu join, RawPdu leave) {
        var to = alpha.pdu.rooms();
        var event = new EventInRoom(room, topicEvent);
        var requests = new LinkedHashMap<String, Supplier<Uni<?>>>();
        requests.put("make_join", () -> makeJoin(BETTY));
        requests.put("send_join", () -> sendJoin(join));
        requests.put(
                "make_knock",
                () ->
                        to.onMakeKnock(
                                beta.name,
                                new MembershipRequest(room, BOB, List.of(RULES.version()))));
        requests.put(
                "send_knock",
                () -> to.onSendKnock(beta.name, new SignedMembership(room, id(join), join)));
        requests.put("make_leave", () -> makeLeave(BOB));
        requests.put("send_leave", () -> sendLeave(leave));
        requests.put(
                "invite",
                () ->
                        to.onInvite(
                                beta.name,
                                new InviteRequest(
                                        room, id(join), RULES.version(), join, List.of())));
        requests.put("state", () -> to.onState(beta.name, event));
        requests.put("state_ids", () -> to.onStateIds(beta.name, event));
        requests.put("event_auth", () -> to.onEventAuth(beta.name, event));
        requests.put(
                "backfill",
                () -> to.onBackfill(beta.name, new BackfillRequest(room, List.of(topicEvent), 10)));
        requests.put(
                "get_missing_events",
                () ->
                        to.onMissingEvents(
                                beta.name,
                                new MissingEventsRequest(
                                        room, List.of(), List.of(topicEvent), 10, 0)));
        requests.put(
                "timestamp_to_event",
                () -> to.onTimestampToEvent(beta.name, new TimestampRequest(room, 0, false)));
        requests.put("event", () -> to.onEvent(beta.name, topicEvent));
        return requests;
    }

    private Map<String, Supplier<Uni<?>>> inARoomOfBoth() {
        create("12", "public");
        joinThroughAlpha();
        bobsLeave = alpha.get(() -> makeLeave(BOB)).event();
        topicEvent = topic("hello");
        return requests(join(BETTY, it -> it), leave(BOB, it -> it));
    }

    @Test
    void aDeniedServerIsAnsweredNothingThatIsProtected() {
        var requests = inARoomOfBoth();
        setAcl(List.of("*"), List.of("BETA"));
        assertThat(requests.keySet()).containsAll(PROTECTED);
        for (var name : PROTECTED) {
            refused(MatrixErrorCode.FORBIDDEN, "server ACL", requests.get(name));
        }
        assertThat(alpha.get(() -> alpha.stores().timeline().residentServers(room)))
                .as("still one of the room")
                .contains(beta.name);
    }

    @Test
    void whatNamesNoRoomIsAnsweredAllTheSame() {
        var requests = inARoomOfBoth();
        setAcl(List.of("*"), List.of("beta"));
        assertThat(alpha.get(() -> requests.get("event").get().replaceWith(1))).isEqualTo(1);
    }

    @Test
    void whoIsAllowedIsAnswered() {
        var requests = inARoomOfBoth();
        setAcl(List.of("*"), List.of("*.beta", "b"));
        requests.remove("invite");
        requests.remove("send_leave");
        requests.remove("make_knock");
        requests.remove("send_knock");
        requests.forEach(
                (name, request) ->
                        assertThat(alpha.get(() -> request.get().replaceWith(name)))
                                .isEqualTo(name));
    }

    @Test
    void theNewestListCounts() {
        var requests = inARoomOfBoth();
        setAcl(List.of("*"), List.of("beta"));
        refused(MatrixErrorCode.FORBIDDEN, "server ACL", requests.get("state"));
        topic("that changes the room's state, but not the list");
        refused(MatrixErrorCode.FORBIDDEN, "server ACL", requests.get("state"));
        setAcl(List.of("*"), List.of());
        assertThat(alpha.get(() -> requests.get("state").get().replaceWith(1))).isEqualTo(1);
        setAcl(List.of("alpha"), List.of());
        refused(MatrixErrorCode.FORBIDDEN, "server ACL", requests.get("state"));
    }

    @Test
    void ofATransactionOfADeniedServerEachEventIsRefused() {
        inARoomOfBoth();
        var list = setAcl(List.of("*"), List.of("beta"));
        var said = message("anybody?");
        var outcomes = alpha.get(() -> alpha.pdu.onPdus(beta.name, room, List.of(said)));
        assertThat(outcomes.get(id(said)))
                .isInstanceOfSatisfying(
                        PduOutcome.Dropped.class,
                        dropped -> {
                            assertThat(dropped.refusal().check()).isEqualTo(PduCheck.SERVER_ACL);
                            assertThat(dropped.wireError()).isPresent();
                        });
        assertThat(stored(id(said))).isEmpty();
        assertThat(alpha.refusals()).anyMatch(it -> it.contains("SERVER_ACL"));
        assertThat(stored(list)).isNotEmpty();
    }

    /// The list is about servers that ask and send, not about who made what is sent.
    @Test
    void whatADeniedServerMadeIsTakenFromOthers() {
        inARoomOfBoth();
        setAcl(List.of("*"), List.of("beta"));
        var said = message("tell them");
        var gamma = new Neighbour("gamma", directory, loop, street);
        var outcomes = alpha.get(() -> alpha.pdu.onPdus(gamma.name, room, List.of(said)));
        gamma.close();
        assertThat(outcomes.get(id(said))).isInstanceOf(PduOutcome.Accepted.class);
    }

    @Test
    void whoIsDeniedIsStillToldWhatHappens() {
        inARoomOfBoth();
        setAcl(List.of("*"), List.of("beta"));
        topic("news");
        assertThat(alpha.get(() -> alpha.stores().outbox().pending(beta.name, 50)))
                .anyMatch(entry -> entry.pdu().json().object("content").get().has("topic"));
    }

    @Test
    void nobodyIsSentToADeniedServerToComeIn() {
        inARoomOfBoth();
        assertThat(alpha.get(() -> alpha.pdu.waysIn(room))).containsExactly(alpha.name, beta.name);
        setAcl(List.of("*"), List.of("beta"));
        assertThat(alpha.get(() -> alpha.pdu.waysIn(room))).containsExactly(alpha.name);
        assertThat(alpha.get(() -> alpha.pdu.waysIn(new RoomId("!nowhere:alpha")))).isEmpty();
    }

    @Test
    void nobodyShutsHimselfOut() {
        create("12", "public");
        assertThatThrownBy(() -> setAcl(List.of("*"), List.of("alph?")))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("this server itself");
        assertThatThrownBy(() -> setAcl(List.of(), List.of()))
                .isInstanceOf(MatrixException.class)
                .hasMessageContaining("this server itself");
    }

    private Optional<?> stored(EventId event) {
        return alpha.get(
                () ->
                        alpha.stores()
                                .rooms()
                                .events(room, List.of(event))
                                .map(found -> Optional.ofNullable(found.get(event))));
    }

    /// A message of bob's, placed after his join.
    private RawPdu message(String text) {
        return beta.made(
                RULES,
                timed(
                        bobsLeave
                                .with("type", new JsonString("m.room.message"))
                                .without("state_key")
                                .with("content", body(text))));
    }
}
