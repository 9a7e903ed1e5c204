package org.stratafed.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.benchmarks.disk.DiskUse;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// What is measured is done: a resolution that rejects everything would be fast.
class BenchmarkedWorkTest {

    @Test
    void theLaterBranchsSettingsStand() {
        var forks = Forks.settings(20, 5);
        var resolved = forks.resolve();
        assertThat(resolved.size()).isEqualTo(4 + 2 + 20 + 5);
        assertThat(IntStream.range(0, 5).mapToObj(i -> setting(forks, i)))
                .allSatisfy(event -> assertThat(event.sender().value()).isEqualTo("@cat:two"));
    }

    private static Pdu setting(Forks forks, int i) {
        var key = new StateKeyTuple("org.example.setting", "" + i);
        return forks.resolve().get(key).flatMap(forks.room()::event).orElseThrow();
    }

    @Test
    void allBansStand() {
        var forks = Forks.bans(3, 20);
        var resolved = forks.resolve();
        var banned =
                IntStream.range(0, 20)
                        .filter(i -> i % 10 != 9)
                        .mapToObj(i -> BenchmarkRoom.member("@user" + i + ":u" + i))
                        .map(key -> resolved.get(key).flatMap(forks.room()::event).orElseThrow());
        assertThat(banned)
                .hasSize(18)
                .allSatisfy(
                        event -> assertThat(event.content().string("membership")).contains("ban"));
    }

    @Test
    void onePowerLevelsEventOfTheWarStands() {
        var forks = Forks.powerWar(10);
        var levels =
                forks.resolve()
                        .get(new StateKeyTuple("m.room.power_levels", ""))
                        .flatMap(forks.room()::event)
                        .orElseThrow();
        assertThat(levels.sender().value()).isIn("@bob:one", "@cat:two");
        assertThat(levels.content().integer("users_default")).hasValue(9);
    }

    @Test
    void theReceivedEventIsSoundAndAsBigAsTheyAre() {
        var event = new ReceivedEvent();
        assertThat(event.verify()).isTrue();
        assertThat(event.size()).isBetween(1_100, 1_300);
        assertThat(event.check())
                .isInstanceOfSatisfying(
                        ReceivedPdu.Sound.class, sound -> assertThat(sound.redacted()).isFalse());
    }

    @Test
    void aRoomTakesNotMuchMoreThanTheJsonOfItsEvents() throws Exception {
        // Enough for the first page of each table not to count.
        var use = DiskUse.of(1_000, 9_000);
        assertThat(use.events()).isEqualTo(10_000);
        assertThat(use.jsonBytes()).isBetween(6_000_000L, 8_000_000L);
        assertThat(use.tableBytes().get("event_json")).isGreaterThanOrEqualTo(use.jsonBytes());
        assertThat(use.ratio()).isBetween(1.0, 1.6);
    }

    @Test
    void theChangeOfPowerLevelsIsAllowed() {
        assertThat(new PowerChange().check()).isEqualTo(AuthVerdict.ALLOWED);
    }
}
