package org.stratafed.server.engine.pdu.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.stratafed.api.layer.pdu.EventExplanation.Fetch;
import org.stratafed.api.model.id.EventId;

/// The newest questions to other servers, by the event that they were about. In memory only.
final class FetchBook {

    static final int EVENTS_MAX = 10_000;
    static final int FETCHES_PER_EVENT_MAX = 20;

    private final SequencedMap<EventId, List<Fetch>> events = new LinkedHashMap<>();

    void add(Fetch fetch) {
        var fetches = events.remove(fetch.about());
        if (fetches == null) {
            fetches = new ArrayList<>();
        }
        if (fetches.size() == FETCHES_PER_EVENT_MAX) {
            fetches.removeFirst();
        }
        fetches.add(fetch);
        events.putLast(fetch.about(), fetches);
        if (events.size() > EVENTS_MAX) {
            events.pollFirstEntry();
        }
    }

    List<Fetch> about(EventId event) {
        return List.copyOf(events.getOrDefault(event, List.of()));
    }
}
