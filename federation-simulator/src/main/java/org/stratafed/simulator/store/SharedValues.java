package org.stratafed.simulator.store;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SignedKeys;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.store.RoomCommit.StateChange;
import org.stratafed.api.spi.store.StoredEvent;

/// Values that virtual disks keep once for all of them, however many servers have them: events,
/// states, keys and answers. Nothing changes a value, and only one that is the same to its last
/// byte takes another's place, so sharing changes no run.
public final class SharedValues {

    private final boolean isSharing;
    private final Map<ByteBuffer, Pdu> events = new LinkedHashMap<>();
    private final Map<ByteBuffer, JsonObject> objects = new LinkedHashMap<>();
    private final Map<ByteBuffer, byte[]> answers = new LinkedHashMap<>();
    private final Map<Object, Object> others = new LinkedHashMap<>();

    private SharedValues(boolean isSharing) {
        this.isSharing = isSharing;
    }

    public static SharedValues sharing() {
        return new SharedValues(true);
    }

    /// Each disk keeps what it was given.
    public static SharedValues none() {
        return new SharedValues(false);
    }

    /// By its bytes as they would be sent: with its members in another order it is equal, and not
    /// the same.
    Pdu kept(Pdu event) {
        if (!isSharing) {
            return event;
        }
        var known = first(events, textOf(event.json()), event);
        return isSame(known, event) ? known : event;
    }

    /// Whether the bytes were read in the same way, as rooms of the same version do.
    private static boolean isSame(Pdu known, Pdu event) {
        return known.id().equals(event.id())
                && known.roomId().equals(event.roomId())
                && known.prevEvents().equals(event.prevEvents())
                && known.authEvents().equals(event.authEvents())
                && known.redacts().equals(event.redacts());
    }

    /// One that has a place has it at one server only.
    StoredEvent kept(StoredEvent event) {
        if (!isSharing || event.kind() != EventKind.OUTLIER) {
            return event;
        }
        var known = equal(event);
        return known.pdu() == event.pdu() ? known : event;
    }

    SignedKeys kept(SignedKeys keys) {
        return isSharing
                ? new SignedKeys(first(objects, textOf(keys.json()), keys.json()), keys.fetchedTs())
                : keys;
    }

    byte[] kept(byte[] answer) {
        return isSharing ? first(answers, ByteBuffer.wrap(answer), answer) : answer;
    }

    StateMap kept(StateMap state) {
        return equal(state);
    }

    StateChange kept(StateChange change) {
        return isSharing
                ? new StateChange(
                        equal(change.at()), equal(change.key()), change.event().map(this::equal))
                : change;
    }

    UserId kept(UserId user) {
        return equal(user);
    }

    ServerName kept(ServerName server) {
        return equal(server);
    }

    ServerKey kept(ServerKey key) {
        return equal(key);
    }

    private static ByteBuffer textOf(JsonObject json) {
        return ByteBuffer.wrap(JsonWriter.write(json));
    }

    /// The first of values of which all that are equal are the same.
    @SuppressWarnings("unchecked")
    private <T> T equal(T value) {
        return isSharing ? (T) first(others, value, value) : value;
    }

    private static <K, V> V first(Map<K, V> values, K key, V value) {
        var known = values.putIfAbsent(key, value);
        return known == null ? value : known;
    }
}
