package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.spi.store.UntoldLeave;

/// Invites rejected and knocks taken back while the other side is gone: told when it is there
/// again.
class UntoldLeavesTest extends HandshakeStage {

    @BeforeEach
    void bobHasAnAccount() {
        beta.get(() -> beta.stores().directory().addUser(BOB));
    }

    @Test
    void aRejectedInviteIsToldWhenTheRoomsServerIsThereAgain() {
        rejectsWhileAlphaIsAway();
        assertThat(membership(BOB).membership()).isEqualTo("leave");
        assertThat(seenByAlpha()).contains("invite");
        assertThat(untold()).singleElement().satisfies(this::isAlphasToBeTold);

        alpha.deaf = false;
        eventually(() -> untold().isEmpty());
        assertThat(seenByAlpha()).contains("leave");
        assertThat(reasonSeenByAlpha()).contains("no time");
    }

    private void isAlphasToBeTold(UntoldLeave leave) {
        assertThat(leave.user()).isEqualTo(BOB);
        assertThat(leave.room()).isEqualTo(room);
        assertThat(leave.servers()).containsExactly(alpha.name);
    }

    @Test
    void aKnockThatIsTakenBackIsToldAlike() {
        create("12", "knock");
        beta.get(() -> beta.pdu.knock(room, BOB, List.of(alpha.name), JsonObject.empty()));
        alpha.deaf = true;
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        alpha.deaf = false;
        assertThat(seenByAlpha()).contains("knock");
        eventually(() -> untold().isEmpty());
        assertThat(seenByAlpha()).contains("leave");
    }

    @Test
    void itIsToldAfterARestartToo() {
        rejectsWhileAlphaIsAway();
        alpha.deaf = false;
        beta.close();
        beta = new Neighbour("beta", directory, loop, street);
        assertThat(untold()).hasSize(1);
        beta.get(
                () -> {
                    beta.pdu.start();
                    return Uni.createFrom().item(true);
                });
        eventually(() -> untold().isEmpty());
        assertThat(seenByAlpha()).contains("leave");
    }

    @Test
    void itIsTriedAgainAfterGrowingPauses() {
        rejectsWhileAlphaIsAway();
        var first = untold().getFirst();
        eventually(() -> untold().stream().anyMatch(it -> it.tries() >= 5));
        var later = untold().getFirst();
        assertThat(later.nextTryTs() - first.nextTryTs()).isGreaterThan(10 * 60_000);
        alpha.deaf = false;
        eventually(() -> untold().isEmpty());
        assertThat(seenByAlpha()).contains("leave");
    }

    @Test
    void itIsNotTriedForEver() {
        rejectsWhileAlphaIsAway();
        eventually(() -> untold().isEmpty());
        alpha.deaf = false;
        assertThat(seenByAlpha()).contains("invite");
        assertThat(beta.passTime()).isZero();
    }

    @Test
    void whatIsRefusedForGoodIsNotTriedAgain() {
        rejectsWhileAlphaIsAway();
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        alpha.deaf = false;
        eventually(() -> untold().isEmpty());
        assertThat(seenByAlpha()).contains("ban");
    }

    @Test
    void whoIsInTheRoomByThenHasNotLeft() {
        rejectsWhileAlphaIsAway();
        alpha.deaf = false;
        beta.get(this::joining);
        assertThat(seenByAlpha()).contains("join");
        eventually(() -> untold().isEmpty());
        assertThat(seenByAlpha()).contains("join");
    }

    @Test
    void whereTheLeaveIsTakenOrRefusedAtOnceThereIsNothingToTell() {
        create("12", "invite");
        invite(BOB);
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        assertThat(untold()).isEmpty();
        invite(BOB);
        alpha.get(() -> alpha.pdu.submit(member(ALICE, BOB, "ban"), Optional.empty()));
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        assertThat(membership(BOB).membership()).isEqualTo("leave");
        assertThat(untold()).isEmpty();
    }

    private void rejectsWhileAlphaIsAway() {
        create("12", "invite");
        invite(BOB);
        alpha.deaf = true;
        var why = JsonObject.builder().put("reason", new JsonString("no time")).build();
        beta.get(() -> beta.pdu.leave(room, BOB, why));
    }

    private List<UntoldLeave> untold() {
        return beta.get(() -> beta.stores().directory().untold(10));
    }

    private Optional<String> seenByAlpha() {
        return seen("membership");
    }

    private Optional<String> reasonSeenByAlpha() {
        return seen("reason");
    }

    private Optional<String> seen(String key) {
        return alpha.get(() -> alpha.pdu.state(room))
                .orElseThrow()
                .event("m.room.member", BOB.value())
                .flatMap(it -> it.content().string(key));
    }

    /// Lets time pass at beta until it is so.
    private void eventually(BooleanSupplier isSo) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for it").isLessThan(end);
            beta.passTime();
        }
    }
}
