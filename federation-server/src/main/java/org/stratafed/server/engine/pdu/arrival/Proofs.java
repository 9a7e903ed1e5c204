package org.stratafed.server.engine.pdu.arrival;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Timers;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.intake.PduIntake;

/// The proof of those events of a room that could not be proved when they came.
///
/// What can't be proved is left out of the room, for good. The server that sent it could prove it
/// once, and mostly vouches for the keys it did that with; so where a key is not to be had, its
/// owner has changed it lately or did not answer just now, and is asked again before anything is
/// left out.
final class Proofs {

    /// The first of them was made when the events came.
    static final int ATTEMPTS_MAX = 4;

    /// Longer than a server that did not answer is left in peace; doubled each time, as that is.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(12);

    private final PduIntake intake;
    private final Timers timers;
    private final RoomVersionRules rules;
    private final List<ServerName> from;

    /// @param from who sent the events, and whom else to ask for the keys of servers that are away
    Proofs(PduIntake intake, Timers timers, RoomVersionRules rules, List<ServerName> from) {
        this.intake = intake;
        this.timers = timers;
        this.rules = rules;
        this.from = from;
    }

    /// Tries again, while keys are lacking.
    ///
    /// @param verdict told of each event, once, what came of it
    Uni<Void> again(List<UnprovedEvent> events, BiConsumer<UnprovedEvent, ReceivedPdu> verdict) {
        return again(events, verdict, 1);
    }

    private Uni<Void> again(
            List<UnprovedEvent> events,
            BiConsumer<UnprovedEvent, ReceivedPdu> verdict,
            int attempts) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return hasKeys(events)
                .chain(
                        has -> {
                            if (has || attempts == ATTEMPTS_MAX) {
                                events.forEach(event -> verdict.accept(event, event.refused()));
                                return Uni.createFrom().voidItem();
                            }
                            return timers.after(FIRST_PAUSE.multipliedBy(1L << (attempts - 1)))
                                    .chain(() -> attempt(events, verdict, attempts + 1));
                        });
    }

    private Uni<Void> attempt(
            List<UnprovedEvent> events,
            BiConsumer<UnprovedEvent, ReceivedPdu> verdict,
            int attempt) {
        return intake.check(rules, raw(events), from)
                .chain(
                        received -> {
                            var rest = new ArrayList<UnprovedEvent>();
                            for (int i = 0; i < received.size(); i++) {
                                if (isUnproved(received.get(i))) {
                                    rest.add(events.get(i));
                                } else {
                                    verdict.accept(events.get(i), received.get(i));
                                }
                            }
                            return again(rest, verdict, attempt);
                        });
    }

    private Uni<Boolean> hasKeys(List<UnprovedEvent> events) {
        return intake.hasKeys(rules, raw(events));
    }

    private static List<RawPdu> raw(List<UnprovedEvent> events) {
        return events.stream().map(UnprovedEvent::raw).toList();
    }

    private static boolean isUnproved(ReceivedPdu received) {
        return switch (received) {
            case ReceivedPdu.Sound _ -> false;
            case ReceivedPdu.Refused refused -> isUnproved(refused);
        };
    }

    /// Whether another key could prove it.
    static boolean isUnproved(ReceivedPdu.Refused refused) {
        return refused.refusal().check() == PduCheck.SIGNATURES;
    }
}
