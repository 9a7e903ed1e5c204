package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Timers;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.intake.PduIntake;

/// The proof of a room that a server sent which is in it.
///
/// What can't be proved is left out of the room, for good. The server that sent it could prove it
/// once, and mostly vouches for the keys it did that with; so where a key is not to be had, its
/// owner has changed it lately or did not answer just now, and is asked again before anything is
/// left out.
final class SentRoomProofs {

    static final int ATTEMPTS_MAX = 4;

    /// Longer than a server that did not answer is left in peace; doubled each time, as that is.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(12);

    private final PduIntake intake;
    private final Timers timers;

    SentRoomProofs(PduIntake intake, Timers timers) {
        this.intake = intake;
        this.timers = timers;
    }

    /// @param raw as they were sent
    /// @param from who sent them, and whom else to ask for the keys of servers that are away
    Uni<List<ReceivedPdu>> check(RoomVersionRules rules, List<RawPdu> raw, List<ServerName> from) {
        return check(rules, raw, from, 1);
    }

    private Uni<List<ReceivedPdu>> check(
            RoomVersionRules rules, List<RawPdu> raw, List<ServerName> from, int attempt) {
        var checked = intake.check(rules, raw, from);
        return attempt == ATTEMPTS_MAX
                ? checked
                : checked.chain(
                        received ->
                                hasKeys(rules, raw, received)
                                        .chain(
                                                has ->
                                                        has
                                                                ? Uni.createFrom().item(received)
                                                                : later(
                                                                        rules, raw, from,
                                                                        attempt)));
    }

    private Uni<List<ReceivedPdu>> later(
            RoomVersionRules rules, List<RawPdu> raw, List<ServerName> from, int attempt) {
        return timers.after(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)))
                .chain(() -> check(rules, raw, from, attempt + 1));
    }

    private Uni<Boolean> hasKeys(
            RoomVersionRules rules, List<RawPdu> raw, List<ReceivedPdu> received) {
        var unproved = new ArrayList<RawPdu>();
        for (int i = 0; i < raw.size(); i++) {
            if (isUnproved(received.get(i))) {
                unproved.add(raw.get(i));
            }
        }
        return unproved.isEmpty() ? Uni.createFrom().item(true) : intake.hasKeys(rules, unproved);
    }

    private static boolean isUnproved(ReceivedPdu received) {
        return switch (received) {
            case ReceivedPdu.Sound _ -> false;
            case ReceivedPdu.Refused(_, var refusal) -> refusal.check() == PduCheck.SIGNATURES;
        };
    }
}
