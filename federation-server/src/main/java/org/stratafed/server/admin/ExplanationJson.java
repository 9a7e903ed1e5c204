package org.stratafed.server.admin;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.stratafed.api.layer.pdu.EventExplanation;
import org.stratafed.api.layer.pdu.EventExplanation.Fetch;
import org.stratafed.api.layer.pdu.EventExplanation.Verdict;
import org.stratafed.api.layer.pdu.EventExplanation.Waiting;
import org.stratafed.api.layer.pdu.RoomExplanation;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.Gap;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.StateCompleteness;
import org.stratafed.api.model.room.StateReset;

/// Explanations as JSON: the sentence first. What is not known is left out.
final class ExplanationJson {

    private static final long NANOS_PER_MICRO = 1_000;

    private ExplanationJson() {}

    static JsonObject of(EventExplanation why) {
        var json =
                JsonObject.builder()
                        .put("explanation", why.sentence())
                        .put("event_id", why.event().value());
        put(json, "room_id", why.room().map(RoomId::value));
        put(json, "room_version", why.version().map(RoomVersion::id));
        why.verdict().ifPresent(it -> json.put("verdict", verdict(it, why.version())));
        why.waiting().ifPresent(it -> json.put("waiting", waiting(it)));
        json.put("dropped", array(why.dropped(), it -> dropped(it, why.version())));
        var stages = JsonObject.builder();
        why.stages()
                .forEach(
                        (stage, took) ->
                                stages.put(lower(stage), took.toNanos() / NANOS_PER_MICRO));
        json.put("stages_us", stages.build());
        json.put("fetches", array(why.fetches(), ExplanationJson::fetch));
        return json.build();
    }

    private static JsonObject verdict(Verdict verdict, Optional<RoomVersion> version) {
        var pdu = verdict.pdu();
        var json =
                JsonObject.builder()
                        .put("event_id", pdu.id().value())
                        .put("type", pdu.type())
                        .put("sender", pdu.sender().value());
        put(json, "state_key", pdu.stateKey());
        json.put("depth", pdu.depth())
                .put("kind", lower(verdict.kind()))
                .put("status", lower(verdict.status()));
        verdict.refusal().ifPresent(it -> put(json, it, version));
        json.put("deciding_events", ids(verdict.deciding()));
        verdict.arrival().ifPresent(it -> json.put("arrival", arrival(it)));
        return json.build();
    }

    private static void put(
            JsonObject.Builder json, Refusal refusal, Optional<RoomVersion> version) {
        json.put("check", lower(refusal.check()));
        put(json, "rule", refusal.rule().map(AuthRule::number));
        if (refusal.rule().isPresent()) {
            put(json, "specification", version.map(RoomVersion::authorizationRules));
        }
        json.put("reason", refusal.reason());
    }

    private static JsonObject arrival(Arrival arrival) {
        var json =
                JsonObject.builder()
                        .put("way", lower(arrival.way()))
                        .put("server", arrival.peer().value());
        put(json, "transaction_id", arrival.transaction().map(TransactionId::value));
        return json.build();
    }

    private static JsonObject waiting(Waiting waiting) {
        var json =
                JsonObject.builder()
                        .put("waits_for", lower(waiting.reason()))
                        .put("missing_events", ids(waiting.missing()));
        waiting.arrival().ifPresent(it -> json.put("arrival", arrival(it)));
        return json.build();
    }

    private static JsonObject dropped(DroppedPdu pdu, Optional<RoomVersion> version) {
        var json = JsonObject.builder();
        put(json, "event_id", pdu.event().map(EventId::value));
        put(json, "room_id", pdu.room().map(RoomId::value));
        json.put("arrival", arrival(pdu.arrival())).put("index", pdu.index());
        put(json, pdu.refusal(), version);
        return json.put("at", pdu.at()).build();
    }

    private static JsonObject fetch(Fetch fetch) {
        return JsonObject.builder()
                .put("server", fetch.peer().value())
                .put("question", fetch.question())
                .put("about", fetch.about().value())
                .put("at", fetch.at())
                .put("took_us", fetch.took().toNanos() / NANOS_PER_MICRO)
                .put("answer", fetch.answer())
                .build();
    }

    static JsonObject of(RoomExplanation why) {
        var version = Optional.of(why.version());
        var extremities = JsonObject.builder();
        why.extremities().forEach((id, depth) -> extremities.put(id.value(), depth));
        var waiting = JsonObject.builder();
        why.waiting().forEach((id, it) -> waiting.put(id.value(), waiting(it)));
        return JsonObject.builder()
                .put("explanation", why.sentence())
                .put("room_id", why.room().value())
                .put("room_version", why.version().id())
                .put("state", completeness(why.completeness()))
                .put("revision", why.revision())
                .put("state_lines", why.lines())
                .put("forward_extremities", extremities.build())
                .put("waiting", waiting.build())
                .put("gaps", array(why.gaps(), ExplanationJson::gap))
                .put("state_resets", array(why.resets(), ExplanationJson::reset))
                .put("servers", array(why.residents(), it -> new JsonString(it.value())))
                .put("refused", array(why.refused(), it -> verdict(it, version)))
                .put("dropped", array(why.dropped(), it -> dropped(it, version)))
                .build();
    }

    private static String completeness(StateCompleteness completeness) {
        return switch (completeness) {
            case StateCompleteness.Complete _ -> "complete";
            case StateCompleteness.Partial _ -> "partial";
        };
    }

    private static JsonObject gap(Gap gap) {
        var json =
                JsonObject.builder()
                        .put("missing_event", gap.missing().value())
                        .put("waiting", ids(gap.waiting()))
                        .put("attempts", gap.attempts())
                        .put("since", gap.since());
        gap.next().ifPresent(next -> json.put("next_try", next));
        return json.put("asked", array(gap.asked(), ExplanationJson::asked)).build();
    }

    private static JsonObject asked(Gap.Asked asked) {
        return JsonObject.builder()
                .put("server", asked.server().value())
                .put("at", asked.at())
                .put("question", asked.question())
                .put("answer", asked.answer())
                .build();
    }

    private static JsonObject reset(StateReset reset) {
        var json =
                JsonObject.builder()
                        .put("at", reset.at())
                        .put("type", reset.key().type())
                        .put("state_key", reset.key().stateKey())
                        .put("former", reset.former().value());
        put(json, "chosen", reset.chosen().map(EventId::value));
        return json.put("step", lower(reset.step())).put("comparison", reset.comparison()).build();
    }

    static JsonObject of(ServerName origin, List<DroppedPdu> dropped) {
        return JsonObject.builder()
                .put(
                        "explanation",
                        "Of the events from %s, %d copies that were dropped are remembered."
                                .formatted(origin, dropped.size()))
                .put("server", origin.value())
                .put("dropped", array(dropped, it -> dropped(it, Optional.empty())))
                .build();
    }

    private static void put(JsonObject.Builder json, String key, Optional<String> value) {
        value.ifPresent(it -> json.put(key, it));
    }

    private static JsonArray ids(Collection<EventId> ids) {
        return array(ids, id -> new JsonString(id.value()));
    }

    private static <T> JsonArray array(Collection<T> items, Function<T, JsonValue> json) {
        return JsonArray.of(items.stream().map(json).toList());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
