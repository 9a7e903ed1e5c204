package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.stratafed.server.engine.pdu.Street.eventually;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.room.Gap;

/// What can't be had is a gap that one can look at, and is tried again until it is filled.
class GapsTest {

    @TempDir private Path directory;

    private Street street;
    private Neighbour alpha;
    private Neighbour beta;

    @BeforeEach
    void open() {
        street = new Street(directory, "12");
        alpha = street.moveIn("alpha");
        beta = street.moveIn("beta");
        street.create(alpha);
    }

    @AfterEach
    void close() {
        street.close();
    }

    private void betaJoins() {
        street.join(beta, alpha);
        beta.push(alpha);
        alpha.push(beta);
    }

    /// Alpha says something that gets lost on its way, and then something that arrives.
    private EventId sayAfterLoss() {
        street.say(alpha, "lost");
        street.lose(alpha, beta);
        var tip = street.say(alpha, "tip");
        alpha.push(beta);
        return tip;
    }

    private Gap onlyGap() {
        eventually(() -> street.gaps(beta).size() == 1);
        return street.gaps(beta).getFirst();
    }

    private EventId before(EventId event) {
        return street.stored(alpha, event).orElseThrow().pdu().prevEvents().getFirst();
    }

    @Test
    void whatCannotBeHadIsRecordedWithWhatWaitsForItAndWhoWasAsked() {
        betaJoins();
        alpha.deaf = true;
        var tip = sayAfterLoss();
        var gap = onlyGap();
        assertThat(gap.missing()).isEqualTo(before(tip));
        assertThat(gap.waiting()).containsExactly(tip);
        assertThat(gap.endings()).isEmpty();
        assertThat(gap.asked())
                .extracting(Gap.Asked::server, Gap.Asked::question, Gap.Asked::answer)
                .contains(tuple(alpha.name, "get_missing_events", "alpha is away"));
        assertThat(gap.attempts()).isEqualTo(1);
        assertThat(gap.next().orElseThrow() - gap.since()).isEqualTo(30_000);
    }

    @Test
    void aGapIsForgottenWhenItIsFilled() {
        betaJoins();
        alpha.deaf = true;
        var tip = sayAfterLoss();
        onlyGap();
        alpha.deaf = false;
        eventually(() -> beta.passTime() >= 0 && street.gaps(beta).isEmpty());
        assertThat(street.status(beta, tip)).isEqualTo(EventStatus.ACCEPTED);
        assertThat(beta.get(() -> beta.stores().health().roomsWithGaps())).isEmpty();
    }

    @Test
    void itIsTriedLessAndLessOftenAlsoAfterARestart() {
        betaJoins();
        alpha.deaf = true;
        sayAfterLoss();
        var first = onlyGap();
        eventually(() -> beta.passTime() >= 0 && street.gaps(beta).getFirst().attempts() >= 3);
        var before = onlyGap();
        beta.close();
        beta = street.moveIn("beta");
        assertThat(street.gaps(beta)).containsExactly(before);
        beta.pdu.start();
        int attempts = before.attempts();
        eventually(
                () -> beta.passTime() >= 0 && street.gaps(beta).getFirst().attempts() > attempts);
        var after = onlyGap();
        assertThat(after.since()).isEqualTo(first.since());
        assertThat(after.asked()).hasSizeGreaterThan(first.asked().size());
    }

    @Test
    void whereHistoryEndsIsAGapThatIsRepairedLater() {
        street.say(alpha, "early");
        var join = street.join(beta, alpha);
        beta.push(alpha);
        alpha.deaf = true;
        assertThat(street.gaps(beta)).isEmpty();
        assertThat(beta.get(() -> beta.pdu.backfill(street.room, 10))).isZero();
        var gap = onlyGap();
        assertThat(gap.endings()).containsExactly(join);
        assertThat(gap.waiting()).isEmpty();
        assertThat(gap.asked()).extracting(Gap.Asked::question).containsOnly("backfill");
        alpha.deaf = false;
        eventually(() -> beta.passTime() >= 0 && street.gaps(beta).isEmpty());
        assertThat(street.isPlaced(beta, gap.missing())).isTrue();
    }

    @Test
    void whatIsDoneWithoutLeavesAGapInTheHistory() {
        betaJoins();
        alpha.missingEventsMax = 0;
        var tip = sayAfterLoss();
        eventually(() -> street.isPlaced(beta, tip));
        var gap = onlyGap();
        assertThat(gap.waiting()).isEmpty();
        assertThat(gap.endings()).containsExactly(tip);
        eventually(() -> beta.passTime() >= 0 && street.gaps(beta).isEmpty());
        assertThat(street.isPlaced(beta, before(tip))).isTrue();
    }

    @Test
    void aServerThatDoesNotAnswerStallsNothingElse() {
        betaJoins();
        var fork = street.tips(alpha).getFirst();
        alpha.ponder();
        street.say(alpha, "lost");
        street.lose(alpha, beta);
        var tip = street.say(alpha, "tip");
        alpha.push(beta);
        eventually(() -> alpha.questions.size() == 1);
        var other = street.said(alpha, "meanwhile", fork);
        assertThat(street.give(alpha, beta, other)).isInstanceOf(PduOutcome.Accepted.class);
        assertThat(street.staged(beta)).isEqualTo(1);
        street.say(beta, "we go on");
        alpha.answer();
        eventually(() -> street.isPlaced(beta, tip));
    }

    @Test
    void pagingTwiceAtOnceAsksOnce() {
        street.say(alpha, "early");
        street.join(beta, alpha);
        beta.push(alpha);
        alpha.ponder();
        var first = beta.get(() -> Uni.createFrom().item(page()));
        var second = beta.get(() -> Uni.createFrom().item(page()));
        eventually(() -> !alpha.questions.isEmpty());
        alpha.answer();
        assertThat(beta.get(() -> first)).isPositive().isEqualTo(beta.get(() -> second));
        assertThat(alpha.questions).hasSize(1);
    }

    private Uni<Integer> page() {
        return beta.pdu.backfill(street.room, 10);
    }

    @Test
    void whatIsBackfilledIsNotFetchedForWhatWaitsForItToo() {
        betaJoins();
        alpha.missingEventsMax = 0;
        var tip = sayAfterLoss();
        eventually(() -> street.isPlaced(beta, tip));
        onlyGap();
        alpha.missingEventsMax = Integer.MAX_VALUE;
        alpha.ponder();
        alpha.questions.clear();
        var paged = beta.get(() -> Uni.createFrom().item(page()));
        eventually(() -> alpha.questions.size() == 1);
        var other = street.said(alpha, "too", before(tip));
        assertThat(street.give(alpha, beta, other)).isInstanceOf(PduOutcome.Deferred.class);
        // All that it may do before it waits for the other fetch.
        for (int i = 0; i < 50; i++) {
            beta.get(() -> Uni.createFrom().voidItem());
        }
        assertThat(alpha.questions).containsExactly("backfill " + List.of(before(tip)));
        alpha.answer();
        assertThat(beta.get(() -> paged)).isPositive();
        eventually(() -> street.staged(beta) == 0);
    }

    @Test
    void aPoisonousServerUsesUpNothingOfWhatOthersNeed() {
        betaJoins();
        var gamma = street.moveIn("gamma");
        street.join(gamma, alpha);
        gamma.push(alpha);
        gamma.push(beta);
        alpha.push(beta);
        gamma.deaf = true;
        for (int i = 0; i < 60; i++) {
            var poison =
                    street.said(gamma, "poison", new EventId("$" + "p".repeat(40) + (100 + i)));
            street.give(gamma, beta, poison);
        }
        int asked = alpha.questions.size();
        var tip = sayAfterLoss();
        eventually(() -> street.isPlaced(beta, tip));
        assertThat(street.staged(beta)).isEqualTo(60);
        // For each new event that waits for something, what is missing may be asked for again.
        assertThat(alpha.questions.size() - asked).isLessThan(60);
    }
}
