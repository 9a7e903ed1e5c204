package org.stratafed.server.engine.pdu.handshake;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;
import org.stratafed.server.engine.pdu.intake.PduIntake;

/// What comes with an invite, or with the answer to a knock, of the room, and what of it the user
/// is shown.
///
/// Where it has to be whole events, the invite is refused if one of them is not sound or is of
/// another room, or if the create event isn't among them. In rooms of older versions, and after a
/// knock, which has been taken by then, whole events that are not sound are left out, and such as
/// can't be checked are shown as they are told.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#inviting-to-a-room">Inviting to a
///     room</a>
final class ToldRoomState {

    /// Told by one invite; what comes after these is left out.
    static final int EVENTS_MAX = 50;

    private static final int EVENT_BYTES_MAX = 65_536;

    private final PduIntake intake;
    private final Telemetry telemetry;

    ToldRoomState(PduIntake intake, Telemetry telemetry) {
        this.intake = intake;
        this.telemetry = telemetry;
    }

    /// The events to be shown, pruned, the invite itself the last of them. Fails with
    /// `M_INVALID_PARAM` for what makes the invite unacceptable.
    Uni<List<JsonObject>> shown(
            RoomVersionRules rules, ServerName origin, Pdu invite, List<JsonObject> told) {
        return shown(new Reading(rules, origin, invite, rules.inviteStateIsWhole()), told);
    }

    /// The events to be shown, pruned, the knock itself the last of them.
    Uni<List<JsonObject>> shownOfKnock(
            RoomVersionRules rules, ServerName origin, Pdu knock, List<JsonObject> told) {
        return shown(new Reading(rules, origin, knock, false), told);
    }

    /// @param membership what they came with
    /// @param isStrict whether one that is wrong spoils all
    private record Reading(
            RoomVersionRules rules, ServerName origin, Pdu membership, boolean isStrict) {}

    private Uni<List<JsonObject>> shown(Reading reading, List<JsonObject> told) {
        var events = told.stream().limit(EVENTS_MAX).toList();
        var whole = events.stream().filter(ToldRoomState::isWhole).map(RawPdu::new).toList();
        return intake.check(reading.rules(), whole, List.of(reading.origin()))
                .map(received -> shown(reading, events, new ArrayList<>(received)));
    }

    private List<JsonObject> shown(
            Reading reading, List<JsonObject> events, List<ReceivedPdu> received) {
        var shown = new ArrayList<JsonObject>();
        var keys = new LinkedHashSet<String>();
        for (var event : events) {
            var wrong =
                    isWhole(event)
                            ? wrong(received.getFirst(), reading.membership())
                            : wrongUnsigned(reading, event);
            var sound = isWhole(event) ? sound(received.removeFirst()) : Optional.of(event);
            if (wrong.isPresent()) {
                refuse(reading, wrong.get());
            } else if (keys.add(key(sound.orElseThrow()))) {
                shown.add(pruned(sound.get()));
            }
        }
        if (reading.isStrict() && !keys.contains("m.room.create\0")) {
            throw unacceptable("the create event is missing");
        }
        shown.add(pruned(reading.membership().json()));
        return shown;
    }

    private void refuse(Reading reading, String wrong) {
        if (reading.isStrict()) {
            throw unacceptable(wrong);
        }
        telemetry.peer(
                reading.origin(), "An event that it sent to tell of a room is wrong: " + wrong);
    }

    private static MatrixException unacceptable(String wrong) {
        return MatrixException.invalidParam("invite_room_state is wrong: " + wrong);
    }

    private static boolean isWhole(JsonObject event) {
        return event.has("signatures") || event.has("hashes");
    }

    private static Optional<String> wrong(ReceivedPdu received, Pdu membership) {
        return switch (received) {
            case ReceivedPdu.Refused(_, var refusal) -> Optional.of(refusal.reason());
            case ReceivedPdu.Sound(var pdu, _) -> {
                if (!pdu.roomId().equals(membership.roomId())) {
                    yield Optional.of(pdu.id() + " is of another room");
                }
                yield pdu.stateKey().isEmpty()
                        ? Optional.of(pdu.id() + " is no state event")
                        : Optional.empty();
            }
        };
    }

    private static Optional<String> wrongUnsigned(Reading reading, JsonObject event) {
        if (reading.isStrict()) {
            return Optional.of("one of the events is not signed");
        }
        boolean isState =
                event.string("type").isPresent()
                        && event.string("state_key").isPresent()
                        && event.string("sender").isPresent()
                        && event.object("content").isPresent();
        return isState && JsonWriter.write(event).length <= EVENT_BYTES_MAX
                ? Optional.empty()
                : Optional.of("one of the events is malformed");
    }

    private static Optional<JsonObject> sound(ReceivedPdu received) {
        return switch (received) {
            case ReceivedPdu.Sound(var pdu, _) -> Optional.of(pdu.json());
            case ReceivedPdu.Refused _ -> Optional.empty();
        };
    }

    private static String key(JsonObject event) {
        return event.string("type").orElse("") + '\0' + event.string("state_key").orElse("");
    }

    private static JsonObject pruned(JsonObject event) {
        var pruned = JsonObject.builder();
        for (var key : List.of("type", "state_key", "sender", "content")) {
            pruned.putIfPresent(key, event.get(key));
        }
        return pruned.build();
    }
}
