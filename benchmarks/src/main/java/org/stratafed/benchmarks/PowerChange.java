package org.stratafed.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Signatures;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;
import org.stratafed.server.engine.pdu.auth.EventAuthorization;

/// A change of the power levels of a room with fifty moderators: what asks the most of the rules.
final class PowerChange {

    private static final StateKeyTuple POWER_LEVELS = new StateKeyTuple("m.room.power_levels", "");
    private static final int MODERATOR = 50;
    private static final int MODERATORS = 50;

    private final Signatures signatures = SignatureProviders.pureJava();
    private final BenchmarkRoom room;
    private final StateMap before;
    private final Pdu change;

    PowerChange() {
        List<String> moderators =
                IntStream.range(0, MODERATORS).mapToObj(i -> "@mod" + i + ":m" + i).toList();
        room = new BenchmarkRoom(moderators);
        moderators.forEach(room::joined);
        before = room.state();
        change =
                room.add(
                        moderators.getFirst(),
                        POWER_LEVELS,
                        BenchmarkRoom.levels(moderators, MODERATOR)
                                .with("events_default", JsonNumber.of(MODERATOR)));
    }

    AuthVerdict check() {
        return EventAuthorization.check(
                BenchmarkRoom.RULES,
                change,
                (type, key) -> before.get(new StateKeyTuple(type, key)).flatMap(room::event),
                signatures);
    }
}
