package org.stratafed.simulator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.StateMap;

class SharedValuesTest {

    private static final String EVENT =
            """
            {"type":"m.room.topic","sender":"@a:alpha","content":{},"depth":1,"origin_server_ts":2}
            """;

    private static final String IN_ANOTHER_ORDER =
            """
            {"sender":"@a:alpha","type":"m.room.topic","content":{},"depth":1,"origin_server_ts":2}
            """;

    private final SharedValues shared = SharedValues.sharing();

    @Test
    void theSameEventIsKeptOnce() {
        var first = shared.kept(event(EVENT, Optional.empty()));
        assertThat(shared.kept(event(EVENT, Optional.empty()))).isSameAs(first);
    }

    @Test
    void anEventThatWouldBeSentWithOtherBytesIsKeptBesideIt() {
        shared.kept(event(EVENT, Optional.empty()));
        var other = event(IN_ANOTHER_ORDER, Optional.empty());
        assertThat(shared.kept(other)).isSameAs(other);
    }

    @Test
    void anEventThatWasReadInAnotherWayIsKeptBesideIt() {
        shared.kept(event(EVENT, Optional.empty()));
        var other = event(EVENT, Optional.of(new EventId("$other")));
        assertThat(shared.kept(other)).isSameAs(other);
    }

    @Test
    void equalStatesAreKeptOnceHoweverTheyCameAbout() {
        var first = shared.kept(StateMap.empty().with(topic(), new EventId("$one")));
        var again =
                StateMap.empty()
                        .with(topic(), new EventId("$two"))
                        .with(topic(), new EventId("$one"));
        assertThat(shared.kept(again)).isSameAs(first);
    }

    @Test
    void withoutSharingEachKeepsItsOwn() {
        var none = SharedValues.none();
        none.kept(event(EVENT, Optional.empty()));
        var other = event(EVENT, Optional.empty());
        assertThat(none.kept(other)).isSameAs(other);
    }

    private static StateKeyTuple topic() {
        return new StateKeyTuple("m.room.topic", "");
    }

    private static Pdu event(String json, Optional<EventId> redacts) {
        return new Pdu(
                new EventId("$event"),
                new RoomId("!room:alpha"),
                JsonReader.readObject(json.getBytes(UTF_8)),
                List.of(),
                List.of(),
                redacts);
    }
}
