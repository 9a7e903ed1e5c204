package org.stratafed.server.client.format;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncAnswer.Invitation;
import org.stratafed.api.layer.messaging.SyncAnswer.RoomUpdate;
import org.stratafed.api.layer.messaging.SyncAnswer.Summary;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;

/// Writes the answer to a sync. What this server doesn't have (presence, messages to devices,
/// typing) is written as empty, since clients expect it to be there.
///
/// @param joined the rooms the user is in: news from others aren't shown as of joined ones
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#syncing">Syncing</a>
public record SyncWriter(ClientEvents events, AccountDataUpdate accountData, List<RoomId> joined) {

    private static final JsonObject NOTHING = list(JsonArray.empty());

    /// This server counts no notifications; clients without these counts fail.
    private static final JsonObject UNREAD =
            JsonObject.builder().put("highlight_count", 0).put("notification_count", 0).build();

    public JsonObject write(SyncAnswer answer) {
        return JsonObject.builder()
                .put("next_batch", token(answer).toString())
                .put("rooms", rooms(answer))
                .put("account_data", list(accountData.global()))
                .put("presence", NOTHING)
                .put("to_device", NOTHING)
                .put(
                        "device_lists",
                        JsonObject.builder()
                                .put("changed", JsonArray.empty())
                                .put("left", JsonArray.empty())
                                .build())
                .put("device_one_time_keys_count", JsonObject.empty())
                .build();
    }

    private SyncToken token(SyncAnswer answer) {
        return new SyncToken(answer.nextBatch(), accountData.changes().upTo());
    }

    private JsonObject rooms(SyncAnswer answer) {
        var join = JsonObject.builder();
        answer.join().forEach((room, update) -> join.put(room.value(), joined(room, update)));
        for (RoomId room : accountData.rooms()) {
            if (!answer.join().containsKey(room) && joined.contains(room)) {
                join.put(room.value(), joined(room, without(answer.nextBatch())));
            }
        }
        var invite = JsonObject.builder();
        answer.invite().forEach((room, it) -> invite.put(room.value(), told("invite_state", it)));
        var knock = JsonObject.builder();
        answer.knock().forEach((room, it) -> knock.put(room.value(), told("knock_state", it)));
        var leave = JsonObject.builder();
        answer.leave().forEach((room, it) -> leave.put(room.value(), left(room, it)));
        return JsonObject.builder()
                .put("join", join.build())
                .put("invite", invite.build())
                .put("knock", knock.build())
                .put("leave", leave.build())
                .build();
    }

    /// A room of which there is nothing but account data.
    private static RoomUpdate without(String prevBatch) {
        return new RoomUpdate(List.of(), false, prevBatch, List.of(), Optional.empty());
    }

    private JsonObject joined(RoomId room, RoomUpdate update) {
        return left(room, update)
                .with("ephemeral", NOTHING)
                .with(
                        "summary",
                        update.summary().map(SyncWriter::summary).orElse(JsonObject.empty()))
                .with("unread_notifications", UNREAD);
    }

    private JsonObject left(RoomId room, RoomUpdate update) {
        return JsonObject.builder()
                .put(
                        "timeline",
                        JsonObject.builder()
                                .put("events", events.eventsOfRoom(update.timeline()))
                                .put("limited", update.limited())
                                .put("prev_batch", update.prevBatch())
                                .build())
                .put("state", list(events.eventsOfRoom(update.state())))
                .put("account_data", list(accountData.of(room)))
                .build();
    }

    private static JsonObject told(String key, Invitation invitation) {
        return JsonObject.builder().put(key, list(JsonArray.of(invitation.state()))).build();
    }

    private static JsonObject summary(Summary summary) {
        return JsonObject.builder()
                .put(
                        "m.heroes",
                        JsonArray.ofStrings(summary.heroes().stream().map(UserId::value).toList()))
                .put("m.joined_member_count", summary.joinedMembers())
                .put("m.invited_member_count", summary.invitedMembers())
                .build();
    }

    private static JsonObject list(JsonArray events) {
        return JsonObject.builder().put("events", events).build();
    }
}
