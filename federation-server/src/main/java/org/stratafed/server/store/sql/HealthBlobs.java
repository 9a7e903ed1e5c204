package org.stratafed.server.store.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.Gap;

/// How the lists of gaps and of state resets are kept in one column each: as JSON arrays of
/// strings.
final class HealthBlobs {

    private HealthBlobs() {}

    static byte[] ofIds(Collection<EventId> ids) {
        return JsonWriter.write(JsonArray.ofStrings(ids.stream().map(EventId::value).toList()));
    }

    static SequencedSet<EventId> ids(byte[] blob) {
        var ids = new LinkedHashSet<EventId>();
        strings(JsonReader.read(blob)).forEach(id -> ids.add(new EventId(id)));
        return Collections.unmodifiableSequencedSet(ids);
    }

    static byte[] ofAsked(List<Gap.Asked> asked) {
        var rows = new ArrayList<JsonArray>();
        for (var one : asked) {
            rows.add(
                    JsonArray.ofStrings(
                            List.of(
                                    one.server().value(),
                                    Long.toString(one.at()),
                                    one.question(),
                                    one.answer())));
        }
        return JsonWriter.write(JsonArray.of(rows));
    }

    static List<Gap.Asked> asked(byte[] blob) {
        return rows(blob).stream()
                .map(
                        row ->
                                new Gap.Asked(
                                        new ServerName(row.get(0)),
                                        Long.parseLong(row.get(1)),
                                        row.get(2),
                                        row.get(3)))
                .toList();
    }

    static byte[] ofSides(Map<EventId, Optional<EventId>> sides) {
        var rows = new ArrayList<JsonArray>();
        sides.forEach(
                (extremity, event) -> {
                    var row = new ArrayList<>(List.of(extremity.value()));
                    event.ifPresent(id -> row.add(id.value()));
                    rows.add(JsonArray.ofStrings(row));
                });
        return JsonWriter.write(JsonArray.of(rows));
    }

    static SequencedMap<EventId, Optional<EventId>> sides(byte[] blob) {
        var sides = new LinkedHashMap<EventId, Optional<EventId>>();
        for (var row : rows(blob)) {
            sides.put(
                    new EventId(row.getFirst()),
                    row.size() > 1 ? Optional.of(new EventId(row.get(1))) : Optional.empty());
        }
        return Collections.unmodifiableSequencedMap(sides);
    }

    private static List<List<String>> rows(byte[] blob) {
        return ((JsonArray) JsonReader.read(blob))
                .items().stream().map(HealthBlobs::strings).toList();
    }

    private static List<String> strings(Object array) {
        return ((JsonArray) array).strings().orElseThrow();
    }
}
