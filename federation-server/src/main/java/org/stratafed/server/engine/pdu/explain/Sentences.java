package org.stratafed.server.engine.pdu.explain;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.pdu.EventExplanation.Verdict;
import org.stratafed.api.layer.pdu.EventExplanation.Waiting;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.RoomSnapshot;

/// What is said first, in one English sentence.
final class Sentences {

    private Sentences() {}

    static String decided(Verdict verdict, RoomVersion version) {
        return "The event %s, %s of %s, %s%s."
                .formatted(
                        verdict.pdu().id(),
                        verdict.pdu().type(),
                        verdict.pdu().sender(),
                        outcome(verdict, version),
                        verdict.arrival()
                                .map(arrival -> "; it " + came(arrival))
                                .orElse("; it was made on this server or came with an invite"));
    }

    private static String outcome(Verdict verdict, RoomVersion version) {
        var refusal = verdict.refusal();
        return switch (verdict.status()) {
            case ACCEPTED -> "was accepted" + place(verdict.kind());
            case SOFT_FAILED -> "failed softly: " + refused(refusal, version);
            case REJECTED -> "was rejected: " + refused(refusal, version);
        };
    }

    private static String place(EventKind kind) {
        return switch (kind) {
            case LIVE -> "";
            case HISTORICAL -> " as a part of the room's history from before it was news here";
            case OUTLIER -> " without a place in the room, since others cite it";
        };
    }

    private static String refused(Optional<Refusal> refusal, RoomVersion version) {
        return refusal.map(why -> refused(why, version)).orElse("why is not known");
    }

    private static String refused(Refusal refusal, RoomVersion version) {
        var reason = withoutStop(refusal.reason());
        return refusal.rule()
                .map(
                        rule ->
                                "%s does not allow it by %s of room version %s (%s)"
                                        .formatted(what(refusal), rule, version, reason))
                .orElse("it did not pass the check " + refusal.check() + " (" + reason + ")");
    }

    private static String what(Refusal refusal) {
        return switch (refusal.check()) {
            case AUTH_EVENTS -> "what its own auth events make up";
            case STATE_BEFORE -> "the room's state before it";
            case CURRENT_STATE -> "the room's current state when it came";
            case SERVER_ACL, FORMAT, SIGNATURES, HASHES, POLICY_SERVER ->
                    "the check " + refusal.check();
        };
    }

    private static String withoutStop(String reason) {
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    static String came(Arrival arrival) {
        return switch (arrival.way()) {
            case PUSHED ->
                    "was sent by %s in %s"
                            .formatted(
                                    arrival.peer(),
                                    arrival.transaction()
                                            .map(id -> "its transaction " + id)
                                            .orElse("a transaction"));
            case HANDED_IN -> "was handed in by " + arrival.peer();
            case FETCHED -> "was fetched from " + arrival.peer();
            case TOLD -> "was told by " + arrival.peer() + " when this server joined through it";
        };
    }

    static String waiting(EventId event, Waiting waiting) {
        var what =
                switch (waiting.reason()) {
                    case CITED_EVENTS ->
                            waiting.missing().size()
                                    + " events that it cites and that are not here";
                    case JOIN -> "this server's join of the room to end";
                    case POLICY -> "the signature of the room's policy server";
                    case MENDING -> "a defect of this server to be mended";
                };
        return "The event %s is not decided yet and waits for %s%s."
                .formatted(
                        event,
                        what,
                        waiting.arrival().map(arrival -> "; it " + came(arrival)).orElse(""));
    }

    static String dropped(EventId event, List<DroppedPdu> copies) {
        var newest = copies.getFirst();
        return ("No copy of the event %s was kept: the newest of %d %s and did not pass the check"
                        + " %s (%s).")
                .formatted(
                        event,
                        copies.size(),
                        came(newest.arrival()),
                        newest.refusal().check(),
                        withoutStop(newest.refusal().text()));
    }

    static String room(RoomSnapshot tip, int waiting, int gaps, int residents) {
        return ("The room %s, of version %s, has %d servers in it and %d forward extremities;"
                        + " %d events wait, and %d can't be had.")
                .formatted(
                        tip.room(),
                        tip.version(),
                        residents,
                        tip.extremities().size(),
                        waiting,
                        gaps);
    }
}
