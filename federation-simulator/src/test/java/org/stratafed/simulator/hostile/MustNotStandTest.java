package org.stratafed.simulator.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.contract.SampleEvent.message;

import org.junit.jupiter.api.Test;
import org.stratafed.contract.SampleRoom;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.SimStoresUnderTest;

class MustNotStandTest {

    private final Violations violations = new Violations();
    private final MustNotStand mustNotStand = new MustNotStand(violations);
    private final SampleRoom room =
            SampleRoom.created(new SimStoresUnderTest(mustNotStand), "lobby");

    @Test
    void aForgedEventThatIsAcceptedIsNoticed() {
        var event = room.following(message("forged"));
        mustNotStand.add(event.id(), "it is forged");

        room.commit(room.with(room.next(), event), event);

        assertThat(violations.texts())
                .singleElement()
                .asString()
                .contains("accepted", "it is forged");
    }

    @Test
    void aForgedEventThatIsSoftFailedIsAsItShouldBe() {
        var event = room.following(message("forged"));
        mustNotStand.add(event.id(), "it is forged");

        room.commit(room.next().softFailed(event, room.current(), room.current()));

        assertThat(violations.texts()).isEmpty();
    }
}
