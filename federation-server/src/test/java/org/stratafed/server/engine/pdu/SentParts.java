package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transaction.RoomStream;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinPart;

/// A room that is there already, sent in parts of a few events, first the state as many servers do.
final class SentParts implements RoomStream {

    private static final int PARTS = 3;

    private final List<SendJoinPart> rest = new ArrayList<>();
    private long given;

    SentParts(SendJoinAnswer answer) {
        answer.event().ifPresent(event -> rest.add(new SendJoinPart.Join(event)));
        answer.state().forEach(event -> rest.add(new SendJoinPart.State(event)));
        answer.authChain().forEach(event -> rest.add(new SendJoinPart.AuthChain(event)));
        if (answer.membersOmitted()) {
            rest.add(new SendJoinPart.MembersOmitted());
        }
    }

    @Override
    public Uni<Optional<List<SendJoinPart>>> next() {
        if (rest.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var next = rest.subList(0, Math.min(PARTS, rest.size()));
        var parts = List.copyOf(next);
        next.clear();
        given += parts.size();
        return Uni.createFrom().item(Optional.of(parts));
    }

    @Override
    public long bytes() {
        return given;
    }

    @Override
    public void discard() {
        rest.clear();
    }
}
