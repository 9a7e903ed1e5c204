package org.stratafed.api.model.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.CanonicalJson;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonString;

class PduTest {

    private static final EventId ID = new EventId("$e");
    private static final RoomId ROOM = new RoomId("!r:x");
    private static final JsonObject TOPIC =
            JsonReader.readObject(
                    """
                    {"type": "m.room.topic", "sender": "@a:x", "room_id": "!r:x", "state_key": "",
                     "content": {"topic": "t"}, "depth": 7, "origin_server_ts": 1000,
                     "prev_events": ["$p"], "auth_events": ["$c", "$l"]}
                    """
                            .getBytes(UTF_8));

    @Test
    void aPduTellsWhatItsJsonSays() {
        var pdu = pdu(ID, TOPIC);

        assertThat(pdu.sender()).isEqualTo(new UserId("@a:x"));
        assertThat(pdu.type()).isEqualTo("m.room.topic");
        assertThat(pdu.stateKey()).hasValue("");
        assertThat(pdu.content().string("topic")).hasValue("t");
        assertThat(pdu.depth()).isEqualTo(7);
        assertThat(pdu.originServerTs()).isEqualTo(1000);
        assertThat(pdu.prevEvents()).containsExactly(new EventId("$p"));
        assertThat(pdu.bytes()).isEqualTo(CanonicalJson.encode(TOPIC));
        assertThat(pdu).hasToString("m.room.topic () $e");
    }

    /// An empty state key is a state key.
    @Test
    void aPduWithAStateKeyIsState() {
        var state = pdu(ID, TOPIC);
        var message = pdu(ID, TOPIC.without("state_key"));

        assertThat(state.isState()).isTrue();
        assertThat(state.stateTuple()).hasValue(new StateKeyTuple("m.room.topic", ""));
        assertThat(state.isState("m.room.topic", "")).isTrue();
        assertThat(state.isState("m.room.topic", "a")).isFalse();
        assertThat(state.isState("m.room.name", "")).isFalse();
        assertThat(message.isState()).isFalse();
        assertThat(message.stateTuple()).isEmpty();
        assertThat(message.isState("m.room.topic", "")).isFalse();
    }

    /// The ID covers neither signatures nor what came unsigned.
    @Test
    void pdusAreEqualIfTheirIdsAndBytesAre() {
        var reordered = TOPIC.without("type").with("type", new JsonString("m.room.topic"));
        var signed = TOPIC.with("signatures", JsonObject.empty());

        assertThat(pdu(ID, TOPIC)).isEqualTo(pdu(ID, reordered)).hasSameHashCodeAs(pdu(ID, signed));
        assertThat(pdu(ID, TOPIC)).isNotEqualTo(pdu(ID, signed));
        assertThat(pdu(ID, TOPIC)).isNotEqualTo(pdu(new EventId("$other"), TOPIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "sender", "content", "depth", "origin_server_ts"})
    void jsonThatLacksWhatEveryEventHasIsABug(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> pdu(ID, TOPIC.without(key)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pdu(ID, TOPIC.with(key, JsonNull.NULL)));
    }

    @Test
    void aStateKeyThatIsNoStringIsABug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pdu(ID, TOPIC.with("state_key", JsonNull.NULL)));
    }

    private static Pdu pdu(EventId id, JsonObject json) {
        return new Pdu(id, ROOM, json, List.of(new EventId("$p")), List.of(), Optional.empty());
    }
}
