package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.RoomSnapshot.Extremity;
import org.stratafed.server.engine.pdu.acl.ServerAcl;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;
import org.stratafed.server.engine.pdu.event.Citations;
import org.stratafed.server.engine.pdu.event.EventParser;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.event.ParsedPdu;

/// Makes an event of a draft: what it cites, its depth and time, its hash and signature.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#pdu-fields">PDU fields</a>
final class EventBuilder {

    static final int PREV_EVENTS_MAX = 20;

    private final RoomTransition transition;
    private final Deciding with;

    EventBuilder(RoomTransition transition, Deciding with) {
        this.transition = transition;
        this.with = with;
    }

    /// The event, built on the room's forward extremities and signed. Not authorised yet.
    Pdu build(EventDraft draft) {
        mustAllowUs(draft);
        mustNotPutOut(draft);
        return finish(with.server(), template(draft));
    }

    /// A server ACL that denies this server could not be taken back from here: nobody would take
    /// in what we send.
    private void mustAllowUs(EventDraft draft) {
        if (draft.type().equals(ServerAcl.KEY.type())
                && draft.stateKey().equals(Optional.of(ServerAcl.KEY.stateKey()))
                && !ServerAcl.of(draft.content()).allows(with.server().name())) {
            throw new MatrixException(
                    MatrixErrorCode.BAD_STATE, "the server ACL would deny this server itself");
        }
    }

    /// The rules would let the invitation of an address, redeemed by somebody who is in the room,
    /// make an invited user of a member.
    private void mustNotPutOut(EventDraft draft) {
        boolean redeems =
                draft.type().equals("m.room.member") && draft.content().has("third_party_invite");
        if (redeems && isJoined(draft.stateKey().orElseThrow())) {
            throw MatrixException.forbidden(draft.stateKey().get() + " is in the room already");
        }
    }

    private boolean isJoined(String user) {
        return transition
                .currentState()
                .get(new StateKeyTuple("m.room.member", user))
                .flatMap(transition::event)
                .flatMap(it -> it.pdu().content().string("membership"))
                .filter("join"::equals)
                .isPresent();
    }

    /// The event without hash and signature.
    JsonObject template(EventDraft draft) {
        var previous = newest();
        var rules = transition.rules();
        var json =
                JsonObject.builder()
                        .put("type", draft.type())
                        .put("sender", draft.sender().value())
                        .put("content", content(draft))
                        .put("depth", depth(previous))
                        .put("origin_server_ts", with.now())
                        .put("prev_events", cite(ids(previous)))
                        .put("auth_events", cite(authEvents(draft)));
        draft.stateKey().ifPresent(key -> json.put("state_key", key));
        var isCreate = draft.type().equals("m.room.create") && draft.stateKey().isPresent();
        if (!(isCreate && rules.roomIdIsCreateHash())) {
            json.put("room_id", draft.room().value());
        }
        if (!rules.redactsInContent()) {
            draft.redacts().ifPresent(target -> json.put("redacts", target.value()));
        }
        return json.build();
    }

    /// Hashes and signs; answers the event as any other server would read it.
    private Pdu finish(LocalServer server, JsonObject template) {
        var rules = transition.rules();
        var signed =
                EventSigner.sign(rules, template, server.name(), server.key(), with.signatures());
        return switch (EventParser.parse(rules, new RawPdu(signed))) {
            case ParsedPdu.Parsed(var pdu) -> pdu;
            case ParsedPdu.NotAnEvent(var refusal) ->
                    throw new MatrixException(
                            MatrixErrorCode.TOO_LARGE.equals(codeOf(refusal.reason()))
                                    ? MatrixErrorCode.TOO_LARGE
                                    : MatrixErrorCode.BAD_JSON,
                            refusal.reason());
        };
    }

    private static MatrixErrorCode codeOf(String reason) {
        return reason.contains("bytes") ? MatrixErrorCode.TOO_LARGE : MatrixErrorCode.BAD_JSON;
    }

    private JsonObject content(EventDraft draft) {
        return transition.rules().redactsInContent() && draft.redacts().isPresent()
                ? draft.content().with("redacts", new JsonString(draft.redacts().get().value()))
                : draft.content();
    }

    /// The forward extremities; of more than an event may cite, the deepest. The others stay
    /// extremities, and the next event takes them in.
    private List<Map.Entry<EventId, Extremity>> newest() {
        var all = new ArrayList<>(transition.extremities().all().entrySet());
        if (all.size() > PREV_EVENTS_MAX) {
            all.sort(Comparator.comparing(entry -> -entry.getValue().depth()));
        }
        return all.subList(0, Math.min(all.size(), PREV_EVENTS_MAX));
    }

    private static List<EventId> ids(List<Map.Entry<EventId, Extremity>> extremities) {
        return extremities.stream().map(Map.Entry::getKey).toList();
    }

    private JsonArray cite(List<EventId> events) {
        return Citations.cite(
                transition.rules(),
                events,
                id ->
                        transition
                                .event(id)
                                .orElseThrow(() -> new IllegalStateException("not here: " + id))
                                .pdu()
                                .json());
    }

    private long depth(List<Map.Entry<EventId, Extremity>> previous) {
        long deepest = previous.stream().mapToLong(e -> e.getValue().depth()).max().orElse(0);
        return transition.rules().depthAfter(deepest);
    }

    private List<EventId> authEvents(EventDraft draft) {
        StateMap state = transition.currentState();
        return AuthEventSelection.select(
                        transition.rules(),
                        draft.type(),
                        draft.stateKey(),
                        draft.sender(),
                        draft.content())
                .stream()
                .map(state::get)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
