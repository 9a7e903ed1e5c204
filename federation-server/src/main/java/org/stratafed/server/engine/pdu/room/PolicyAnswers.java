package org.stratafed.server.engine.pdu.room;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.policy.PolicyAnswer;

/// What policy servers said of events of one room that have no place yet. Lost with a crash, after
/// which they are asked again.
final class PolicyAnswers {

    static final int ANSWERS_MAX = 5_000;

    private final SequencedMap<EventId, PolicyAnswer> byEvent = new LinkedHashMap<>();

    void remember(EventId event, PolicyAnswer answer) {
        byEvent.putLast(event, answer);
        if (byEvent.size() > ANSWERS_MAX) {
            byEvent.pollFirstEntry();
        }
    }

    void forget(Collection<StoredEvent> written) {
        written.forEach(event -> byEvent.remove(event.pdu().id()));
    }

    /// As they are, for a decision to look at.
    Map<EventId, PolicyAnswer> now() {
        return byEvent.isEmpty() ? new LinkedHashMap<>() : new LinkedHashMap<>(byEvent);
    }
}
