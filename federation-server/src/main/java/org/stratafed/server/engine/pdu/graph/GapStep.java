package org.stratafed.server.engine.pdu.graph;

import java.util.Optional;
import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;

/// Something to try.
sealed interface GapStep {
    record JudgeAgain(SequencedSet<EventId> staged) implements GapStep {}

    record WalkBack(ServerName server, SequencedSet<EventId> latest) implements GapStep {}

    record FetchAuthChain(ServerName server, EventId event) implements GapStep {}

    record FetchAuthEvents(ServerName server, ServerName origin, SequencedSet<EventId> missing)
            implements GapStep {}

    record LearnState(ServerName server, EventId event) implements GapStep {}

    /// Whom it asks.
    default Optional<ServerName> asked() {
        return switch (this) {
            case JudgeAgain _ -> Optional.empty();
            case WalkBack(var server, _) -> Optional.of(server);
            case FetchAuthChain(var server, _) -> Optional.of(server);
            case FetchAuthEvents(var server, _, _) -> Optional.of(server);
            case LearnState(var server, _) -> Optional.of(server);
        };
    }

    /// Which endpoint it asks.
    default String question() {
        return switch (this) {
            case JudgeAgain _ -> "";
            case WalkBack _ -> "get_missing_events";
            case FetchAuthChain _ -> "event_auth";
            case FetchAuthEvents _ -> "event";
            case LearnState _ -> "state_ids";
        };
    }
}
