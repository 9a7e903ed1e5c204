package org.stratafed.it.peer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.BiFunction;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;

/// What a client knows from syncing. Where a timeline is limited, a homeserver left something out
/// between what the client knows of the room and what it is shown now; a client pages back to fill
/// that gap, and so does this.
///
/// @see <a href="https://spec.matrix.org/v1.16/client-server-api/#syncing">Syncing</a>
final class Timeline {

    private static final int PAGES_MAX = 100;

    private final List<JsonObject> seen = new ArrayList<>();
    private final SequencedSet<String> eventIds = new LinkedHashSet<>();
    private final SequencedSet<String> rooms = new LinkedHashSet<>();
    private final SequencedSet<String> invites = new LinkedHashSet<>();
    private final SequencedSet<String> left = new LinkedHashSet<>();

    /// Takes in the answer of one sync.
    ///
    /// @param page asks for the events of a room before a token
    void take(JsonObject sync, BiFunction<String, String, MatrixClient.Answer> page) {
        var news = sync.object("rooms").orElse(JsonObject.empty());
        for (var section : List.of("join", "leave")) {
            var changed = news.object(section).orElse(JsonObject.empty());
            for (var room : changed.keys()) {
                take(room, changed.object(room).orElseThrow(), page);
            }
        }
        news.object("invite").ifPresent(invited -> invites.addAll(invited.keys()));
        news.object("leave").ifPresent(gone -> left.addAll(gone.keys()));
    }

    private void take(
            String room, JsonObject news, BiFunction<String, String, MatrixClient.Answer> page) {
        var timeline = news.object("timeline").orElse(JsonObject.empty());
        var from = timeline.string("prev_batch");
        var shown = events(timeline, "events");
        if (rooms.contains(room) && from.isPresent() && timeline.bool("limited").orElse(false)) {
            var gap = new ArrayList<>(gap(room, from.get(), page));
            // A page may go further than the token, into what is shown.
            gap.removeIf(event -> shown.stream().anyMatch(known -> id(known).equals(id(event))));
            gap.forEach(event -> add(room, event));
        }
        shown.forEach(event -> add(room, event));
    }

    /// What is between the events known already and this token, oldest first.
    private List<JsonObject> gap(
            String room, String token, BiFunction<String, String, MatrixClient.Answer> page) {
        return backwards(room, page.apply(room, token), page, eventIds);
    }

    /// Everything before this page, and this page, oldest first.
    static List<JsonObject> history(
            String room,
            MatrixClient.Answer last,
            BiFunction<String, String, MatrixClient.Answer> page) {
        return backwards(room, last, page, new LinkedHashSet<>());
    }

    /// Pages back until something is known, or nothing comes any more.
    private static List<JsonObject> backwards(
            String room,
            MatrixClient.Answer last,
            BiFunction<String, String, MatrixClient.Answer> page,
            SequencedSet<String> known) {
        var found = new ArrayList<JsonObject>();
        var answer = last;
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            for (var event : events(answer.body(), "chunk")) {
                if (known.contains(id(event))) {
                    return found.reversed();
                }
                found.add(event);
            }
            var next = answer.body().string("end");
            if (next.isEmpty()) {
                return found.reversed();
            }
            answer = page.apply(room, next.get());
        }
        throw new AssertionError("no end of what was said in " + room);
    }

    private void add(String room, JsonObject event) {
        rooms.add(room);
        eventIds.add(id(event));
        seen.add(event.with("room_id", new JsonString(room)));
    }

    private static String id(JsonObject event) {
        return event.string("event_id").orElseThrow();
    }

    private static List<JsonObject> events(JsonObject body, String key) {
        return body.array(key).map(JsonArray::objects).orElse(List.of());
    }

    List<JsonObject> seen() {
        return List.copyOf(seen);
    }

    List<String> messages(String room) {
        return texts(
                seen.stream()
                        .filter(event -> event.string("room_id").equals(Optional.of(room)))
                        .toList());
    }

    static List<String> texts(List<JsonObject> events) {
        return events.stream()
                .filter(event -> event.string("type").equals(Optional.of("m.room.message")))
                .flatMap(event -> event.object("content").stream())
                .flatMap(content -> content.string("body").stream())
                .toList();
    }

    List<JsonObject> contents() {
        return seen.stream()
                .map(event -> event.object("content").orElse(JsonObject.empty()))
                .toList();
    }

    boolean isInvited(String room) {
        return invites.contains(room);
    }

    boolean hasLeft(String room) {
        return left.contains(room);
    }
}
