package org.stratafed.server.engine.pdu.graph;

import java.util.SequencedSet;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;

/// Something to try.
sealed interface GapStep {
    record JudgeAgain(SequencedSet<EventId> staged) implements GapStep {}

    record WalkBack(ServerName server, SequencedSet<EventId> latest) implements GapStep {}

    record FetchAuthChain(ServerName server, EventId event) implements GapStep {}

    record FetchAuthEvents(ServerName server, SequencedSet<EventId> missing) implements GapStep {}

    record LearnState(ServerName server, EventId event) implements GapStep {}
}
