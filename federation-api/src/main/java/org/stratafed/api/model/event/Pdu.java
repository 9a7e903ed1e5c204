package org.stratafed.api.model.event;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonObject;

/// An event of a room in the form servers exchange, read as its room version says. Immutable.
///
/// Holding one means that it has the shape of an event, not that it is signed, authorised or even
/// its sender's: the checks on receipt say that. Two are equal if they are the same event down to
/// the bytes, signatures included.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#pdus">PDUs</a>
public final class Pdu {

    private final EventId id;
    private final RoomId roomId;
    private final JsonObject json;
    private final List<EventId> prevEvents;
    private final List<EventId> authEvents;
    private final Optional<EventId> redacts;
    private final UserId sender;
    private final String type;
    private final Optional<String> stateKey;
    private final JsonObject content;
    private final long depth;
    private final long originServerTs;
    private final byte[] bytes;

    /// The arguments beside the JSON are what only the room version can read from it. The JSON
    /// itself was checked before: one that isn't an event's is a bug.
    public Pdu(
            EventId id,
            RoomId roomId,
            JsonObject json,
            List<EventId> prevEvents,
            List<EventId> authEvents,
            Optional<EventId> redacts) {
        this.id = Objects.requireNonNull(id, "id");
        this.roomId = Objects.requireNonNull(roomId, "roomId");
        this.json = Objects.requireNonNull(json, "json");
        this.prevEvents = List.copyOf(prevEvents);
        this.authEvents = List.copyOf(authEvents);
        this.redacts = Objects.requireNonNull(redacts, "redacts");
        sender = new UserId(required(json.string("sender"), "sender"));
        type = required(json.string("type"), "type");
        stateKey = json.string("state_key");
        content = required(json.object("content"), "content");
        depth = required(json.integer("depth"), "depth");
        originServerTs = required(json.integer("origin_server_ts"), "origin_server_ts");
        if (stateKey.isEmpty() && json.has("state_key")) {
            throw new IllegalArgumentException("not an event: state_key isn't a string");
        }
        bytes = CanonicalJson.encode(json);
    }

    public EventId id() {
        return id;
    }

    public RoomId roomId() {
        return roomId;
    }

    public UserId sender() {
        return sender;
    }

    public String type() {
        return type;
    }

    public Optional<String> stateKey() {
        return stateKey;
    }

    public JsonObject content() {
        return content;
    }

    public List<EventId> prevEvents() {
        return prevEvents;
    }

    public List<EventId> authEvents() {
        return authEvents;
    }

    /// How far from the create event its sender thought it to be. The sender's to choose.
    public long depth() {
        return depth;
    }

    /// When it was sent, in milliseconds since the epoch. The sender's to choose.
    public long originServerTs() {
        return originServerTs;
    }

    /// What it redacts, wherever its room version has that, if it says so at all.
    public Optional<EventId> redacts() {
        return redacts;
    }

    /// The whole event, `signatures` and `unsigned` included.
    public JsonObject json() {
        return json;
    }

    /// The canonical form of [#json()]. The array is shared: it must not be modified.
    public byte[] bytes() {
        return bytes;
    }

    public boolean isState() {
        return stateKey.isPresent();
    }

    /// Whether it is a state event of this type and state key.
    public boolean isState(String type, String stateKey) {
        return this.type.equals(type)
                && this.stateKey.isPresent()
                && this.stateKey.get().equals(stateKey);
    }

    /// What it sets, if it is a state event.
    public Optional<StateKeyTuple> stateTuple() {
        return stateKey.map(key -> new StateKeyTuple(type, key));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pdu pdu && id.equals(pdu.id) && Arrays.equals(bytes, pdu.bytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /// What it is, for logs and failed assertions. Its content is nobody else's business.
    @Override
    public String toString() {
        return type + stateKey.map(key -> " (" + key + ")").orElse("") + " " + id;
    }

    private static <T> T required(Optional<T> value, String key) {
        return value.orElseThrow(() -> new IllegalArgumentException("not an event: no " + key));
    }

    private static long required(OptionalLong value, String key) {
        return value.orElseThrow(() -> new IllegalArgumentException("not an event: no " + key));
    }
}
