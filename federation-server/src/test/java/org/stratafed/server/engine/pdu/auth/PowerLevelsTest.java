package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.UserId;

class PowerLevelsTest {

    private static final UserId BOB = new UserId("@bob:beta");

    @EveryVersion
    void whatIsNotSaidHasItsDefault(String version) {
        for (var levels :
                new PowerLevels[] {withoutEvent(publicRoom(version)), of(publicRoom(version))}) {
            assertThat(levels.ban()).isEqualTo(Power.of(50));
            assertThat(levels.kick()).isEqualTo(Power.of(50));
            assertThat(levels.redact()).isEqualTo(Power.of(50));
            assertThat(levels.invite()).isEqualTo(Power.ZERO);
            assertThat(levels.usersDefault()).isEqualTo(Power.ZERO);
            assertThat(levels.required("m.room.message", false)).isEqualTo(Power.ZERO);
            assertThat(levels.required("m.room.topic", true)).isEqualTo(Power.of(50));
            assertThat(levels.of(BOB)).isEqualTo(Power.ZERO);
        }
    }

    @EveryVersion
    void whatIsSaidHolds(String version) {
        var levels =
                of(
                        publicRoom(version)
                                .level("ban", 1)
                                .level("kick", 2)
                                .level("redact", 3)
                                .level("invite", 4)
                                .level("users_default", 5)
                                .level("events_default", 6)
                                .level("state_default", 7)
                                .level("events", "m.room.topic", 8)
                                .level("users", BOB.value(), -9));

        assertThat(levels.ban()).isEqualTo(Power.of(1));
        assertThat(levels.kick()).isEqualTo(Power.of(2));
        assertThat(levels.redact()).isEqualTo(Power.of(3));
        assertThat(levels.invite()).isEqualTo(Power.of(4));
        assertThat(levels.usersDefault()).isEqualTo(Power.of(5));
        assertThat(levels.of(new UserId("@carol:gamma"))).isEqualTo(Power.of(5));
        assertThat(levels.required("m.room.message", false)).isEqualTo(Power.of(6));
        assertThat(levels.required("m.room.name", true)).isEqualTo(Power.of(7));
        assertThat(levels.required("m.room.topic", true)).isEqualTo(Power.of(8));
        assertThat(levels.required("m.room.topic", false)).isEqualTo(Power.of(8));
        assertThat(levels.of(BOB)).isEqualTo(Power.of(-9));
    }

    @Versions.WithTextLevels
    void levelsAreReadLooselyBeforeVersion10(String version) {
        var levels =
                of(
                        publicRoom(version)
                                .powerLevels(
                                        "{'users': {'@bob:beta': ' +060 '}, 'ban': '-1',"
                                                + " 'kick': 'x', 'events': {'m.room.topic': '7'"
                                                + "}}"));

        assertThat(levels.of(BOB)).isEqualTo(Power.of(60));
        assertThat(levels.ban()).isEqualTo(Power.of(-1));
        assertThat(levels.required("m.room.topic", true)).isEqualTo(Power.of(7));
        assertThat(levels.kick()).isEqualTo(Power.of(50));
    }

    @Versions.WithIntegerLevels
    void textIsNoLevelSinceVersion10(String version) {
        var levels = of(publicRoom(version).powerLevels("{'ban': '60'}"));

        assertThat(levels.ban()).isEqualTo(Power.of(50));
    }

    @Test
    void theCreatorHas100UntilThereArePowerLevelsUpToVersion11() {
        var v10 = publicRoom("10").createContent("{'creator': '@bob:beta'}");
        var v11 = publicRoom("11").createContent("{'creator': '@bob:beta'}");

        assertThat(withoutEvent(v10).of(BOB)).isEqualTo(Power.of(100));
        assertThat(withoutEvent(v10).of(alice())).isEqualTo(Power.ZERO);
        assertThat(withoutEvent(v11).of(BOB)).isEqualTo(Power.ZERO);
        assertThat(withoutEvent(v11).of(alice())).isEqualTo(Power.of(100));
        assertThat(of(v11.powerLevels("{}")).of(alice())).isEqualTo(Power.ZERO);
    }

    @Test
    void creatorsAreAboveAllLevelsInVersion12() {
        var room = publicRoom("12").createContent("{'additional_creators': ['@bob:beta']}");

        assertThat(withoutEvent(room).of(alice())).isEqualTo(Power.INFINITE);
        assertThat(withoutEvent(room).of(BOB)).isEqualTo(Power.INFINITE);
        assertThat(of(room.level("users", BOB.value(), 1)).of(BOB)).isEqualTo(Power.INFINITE);
    }

    @Test
    void additionalCreatorsAreNobodyBeforeVersion12() {
        var room = publicRoom("11").createContent("{'additional_creators': ['@bob:beta']}");

        assertThat(withoutEvent(room).of(BOB)).isEqualTo(Power.ZERO);
    }

    private static UserId alice() {
        return new UserId(ALICE);
    }

    private static PowerLevels of(RoomFixture room) {
        return PowerLevels.of(room.rules(), room.create(), room.event(AuthTypes.POWER_LEVELS, ""));
    }

    private static PowerLevels withoutEvent(RoomFixture room) {
        return PowerLevels.of(room.rules(), room.create(), Optional.empty());
    }
}
