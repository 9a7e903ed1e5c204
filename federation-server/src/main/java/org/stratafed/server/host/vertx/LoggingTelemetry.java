package org.stratafed.server.host.vertx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.Telemetry;

/// What an operator is told, as log lines. What other servers can cause is limited in number, so
/// that none of them can fill the disk.
public final class LoggingTelemetry implements Telemetry {

    private static final Logger EVENTS = System.getLogger("org.stratafed.events");
    private static final Logger PEERS = System.getLogger("org.stratafed.peers");
    private static final Logger ROOMS = System.getLogger("org.stratafed.rooms");
    private static final Logger PROGRESS = System.getLogger("org.stratafed.progress");
    private static final Logger DEFECTS = System.getLogger("org.stratafed.defects");

    private static final int LINES_MAX = 30;
    private static final Duration LINES_PERIOD = Duration.ofMinutes(1);
    private static final int TEXT_CHARS_MAX = 500;

    private final LineLimit eventLines;
    private final LineLimit peerLines;
    private final LineLimit progressLines;
    private final LineLimit roomLines;

    public LoggingTelemetry(InstantSource clock) {
        eventLines = new LineLimit(clock, LINES_MAX, LINES_PERIOD);
        peerLines = new LineLimit(clock, LINES_MAX, LINES_PERIOD);
        progressLines = new LineLimit(clock, LINES_MAX, LINES_PERIOD);
        roomLines = new LineLimit(clock, LINES_MAX, LINES_PERIOD);
    }

    @Override
    public void refused(
            ServerName origin, Optional<RoomId> room, Optional<EventId> event, Refusal refusal) {
        log(
                EVENTS,
                Level.INFO,
                eventLines,
                "Event %s from %s%s fails the check %s: %s"
                        .formatted(
                                event.map(EventId::value).orElse("(without an ID)"),
                                origin,
                                room.map(it -> " for room " + it).orElse(""),
                                refusal.check(),
                                oneLine(refusal.text())));
    }

    @Override
    public void peer(ServerName server, String what) {
        log(PEERS, Level.INFO, peerLines, server + ": " + oneLine(what));
    }

    @Override
    public void stateReset(StateReset reset) {
        log(
                ROOMS,
                Level.WARNING,
                roomLines,
                "The state of room %s was reset: %s '%s' went from %s back to %s. %s"
                        .formatted(
                                reset.room(),
                                oneLine(reset.key().type()),
                                oneLine(reset.key().stateKey()),
                                reset.former(),
                                reset.chosen().map(EventId::value).orElse("nothing"),
                                oneLine(reset.comparison())));
    }

    @Override
    public void progress(String what) {
        log(PROGRESS, Level.INFO, progressLines, oneLine(what));
    }

    @Override
    public void defect(String where, Throwable cause) {
        DEFECTS.log(Level.ERROR, "This is a defect of Strata, in " + oneLine(where), cause);
    }

    private static void log(Logger logger, Level level, LineLimit limit, String line) {
        limit.admit()
                .ifPresent(
                        left ->
                                logger.log(
                                        level,
                                        left == 0
                                                ? line
                                                : line + " (after " + left + " lines left out)"));
    }

    /// A peer chose some of these words: they get no line of their own, and no escape sequences.
    private static String oneLine(String text) {
        String shown =
                text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "�");
    }
}
