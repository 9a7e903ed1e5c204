package org.stratafed.server.engine.transaction.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transaction.TestWorld.OTHER_PEER;
import static org.stratafed.server.engine.transaction.TestWorld.PEER;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.server.engine.transaction.ScriptedHandler;
import org.stratafed.server.engine.transaction.TestWorld;

class InboundTransactionsTest {

    private static final TransactionId ID = new TransactionId("t1");
    private static final RawPdu IN_A_1 = pdu("!a:beta", "$a1");
    private static final RawPdu IN_A_2 = pdu("!a:beta", "$a2");
    private static final RawPdu IN_B_1 = pdu("!b:beta", "$b1");
    private static final Edu EDU = new Edu("m.typing", JsonObject.empty());

    private final TestWorld world = new TestWorld();
    private final ScriptedHandler handler = new ScriptedHandler(world.loop);

    private InboundTransactions inbound;

    @BeforeEach
    void start() {
        inbound = new InboundTransactions(world.environment(), handler);
    }

    @Test
    void eventsAreGroupedByRoomInOrderAndEphemeralUnitsComeAfterThem() {
        var answer =
                send(new Transaction(ID, PEER, 0, List.of(IN_A_1, IN_B_1, IN_A_2), List.of(EDU)));
        assertThat(handler.calls())
                .containsExactly("beta !a:beta $a1 $a2", "beta !b:beta $b1", "beta edus m.typing");
        assertThat(answer.response().pdus())
                .hasSize(3)
                .allSatisfy((_, error) -> assertThat(error).isEmpty());
    }

    @Test
    void aTransactionWithoutEphemeralUnitsPassesNoneOn() {
        send(transaction(ID, IN_A_1));
        assertThat(handler.calls()).containsExactly("beta !a:beta $a1");
    }

    @Test
    void anEmptyTransactionIsAnswered() {
        assertThat(send(transaction(ID)).response().pdus()).isEmpty();
        assertThat(world.inbox.response(PEER, ID)).isPresent();
    }

    @Test
    void theSenderIsToldOfRejectedAndDroppedEventsOnly() {
        var refusal = new Refusal(PduCheck.AUTH_EVENTS, "banned");
        handler.outcome("$a1", new PduOutcome.Rejected(refusal));
        handler.outcome("$a2", new PduOutcome.SoftFailed(refusal));
        handler.outcome("$b1", new PduOutcome.Dropped(refusal));
        var pdus = send(transaction(ID, IN_A_1, IN_A_2, IN_B_1)).response().pdus();
        assertThat(pdus.get(new EventId("$a1"))).contains("banned");
        assertThat(pdus.get(new EventId("$a2"))).isEmpty();
        assertThat(pdus.get(new EventId("$b1"))).contains("banned");
    }

    @Test
    void nothingIsAnsweredBeforeItIsRecorded() {
        var answer = ask(PEER, transaction(ID, IN_A_1));
        while (answer.isOpen()) {
            assertThat(world.loop.step()).isTrue();
        }
        assertThat(world.inbox.response(PEER, ID)).isPresent();
    }

    @Test
    void fiftyPdusAndAHundredEdusAreTaken() {
        var answer =
                send(
                        new Transaction(
                                ID,
                                PEER,
                                0,
                                Collections.nCopies(50, IN_A_1),
                                Collections.nCopies(100, EDU)));
        assertThat(answer.response().pdus()).hasSize(1);
    }

    @Test
    void fiftyOnePdusAreRefusedAsAWhole() {
        var pdus = Collections.nCopies(51, IN_A_1);
        var error = send(new Transaction(ID, PEER, 0, pdus, List.of())).error();
        assertThat(error.code()).isEqualTo(MatrixErrorCode.BAD_JSON);
        assertThat(error.status()).isEqualTo(400);
        assertThat(handler.calls()).isEmpty();
        assertThat(world.inbox.claims()).isZero();
    }

    @Test
    void aHundredAndOneEdusAreRefusedAsAWhole() {
        var edus = Collections.nCopies(101, EDU);
        var error = send(new Transaction(ID, PEER, 0, List.of(IN_A_1), edus)).error();
        assertThat(error.status()).isEqualTo(400);
        assertThat(handler.calls()).isEmpty();
    }

    @Test
    void aTransactionInSomebodyElsesNameIsRefused() {
        var error = answerOf(OTHER_PEER, transaction(ID, IN_A_1)).error();
        assertThat(error.code()).isEqualTo(MatrixErrorCode.FORBIDDEN);
        assertThat(handler.calls()).isEmpty();
    }

    @Test
    void aReplayGetsTheSameAnswerAndNobodyIsTold() {
        handler.outcome(
                "$a1",
                new PduOutcome.Rejected(new Refusal(PduCheck.AUTH_EVENTS, "so \ud800 what")));
        var first = bytes(send(transaction(ID, IN_A_1, IN_B_1)).response());
        handler.calls().clear();
        start();
        handler.outcome("$a1", new PduOutcome.Duplicate());
        var replay = send(new Transaction(ID, PEER, 9, List.of(IN_A_1, IN_B_1), List.of(EDU)));
        assertThat(bytes(replay.response())).isEqualTo(first);
        assertThat(world.inbox.response(PEER, ID)).contains(first);
        assertThat(handler.calls()).isEmpty();
    }

    @Test
    void theSameIdOfAnotherOriginIsAnotherTransaction() {
        send(transaction(ID, IN_A_1));
        answerOf(OTHER_PEER, new Transaction(ID, OTHER_PEER, 0, List.of(IN_A_1), List.of()));
        assertThat(handler.calls()).containsExactly("beta !a:beta $a1", "gamma !a:beta $a1");
    }

    @Test
    void aTransactionThatArrivesTwiceAtOnceIsProcessedOnce() {
        var first = ask(PEER, transaction(ID, IN_A_1));
        world.loop.step();
        var second = ask(PEER, transaction(ID, IN_A_1));
        world.loop.run();
        assertThat(first.response()).isEqualTo(second.response());
        assertThat(handler.calls()).containsExactly("beta !a:beta $a1");
        assertThat(world.inbox.claims()).isEqualTo(1);
    }

    @Test
    void theWorkGoesOnWhenWhoAskedGoesAway() {
        inbound.onTransaction(PEER, transaction(ID, IN_A_1)).subscribe().with(_ -> {}).cancel();
        world.loop.run();
        assertThat(world.inbox.response(PEER, ID)).isPresent();
    }

    @Test
    void aTransactionWhoseClaimerCrashedIsProcessedAgain() {
        ask(PEER, transaction(ID, IN_A_1));
        world.loop.step();
        world.loop.crash();
        start();
        assertThat(send(transaction(ID, IN_A_1)).response().pdus()).hasSize(1);
    }

    @Test
    void oneRoomsDefectFailsTheTransactionSoThatItIsSentAgainAndTheOthersAreDecided() {
        handler.failure("!a:beta", new IllegalStateException("the disk is full"));
        var failed = send(new Transaction(ID, PEER, 0, List.of(IN_A_1, IN_B_1), List.of(EDU)));
        assertThat(failed.failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the disk is full");
        assertThat(handler.calls()).containsExactly("beta !a:beta $a1", "beta !b:beta $b1");
        assertThat(world.inbox.response(PEER, ID)).isEmpty();

        handler.recover("!a:beta");
        assertThat(send(transaction(ID, IN_A_1, IN_B_1)).response().pdus()).hasSize(2);
    }

    @Test
    void noFailureIsLostWhenSeveralRoomsFail() {
        handler.failure("!a:beta", new IllegalStateException("one"));
        handler.failure("!b:beta", new IllegalStateException("another"));
        assertThat(send(transaction(ID, IN_A_1, IN_B_1)).failure()).hasMessage("one");
        assertThat(world.telemetry.defects()).containsExactly("a transaction of beta: another");
    }

    @Test
    void aDefectInEphemeralUnitsDoesNotHaveTheEventsSentAgain() {
        handler.failEdus();
        var answer = send(new Transaction(ID, PEER, 0, List.of(IN_A_1), List.of(EDU)));
        assertThat(answer.response().pdus()).hasSize(1);
        assertThat(world.telemetry.defects()).hasSize(1);
    }

    /// Only the room could say what such an event's id is, so the answer can't have it.
    @Test
    void anEventWithoutAUsableRoomIsLeftToBeRecorded() {
        var create = new RawPdu(JsonObject.builder().put("type", "m.room.create").build());
        var answer = send(transaction(ID, create, IN_A_1, pdu("nonsense", "$x")));
        assertThat(answer.response().pdus().sequencedKeySet()).containsExactly(new EventId("$a1"));
        assertThat(handler.calls()).contains("beta roomless 2");
    }

    @Test
    void anOriginWithTooMuchInWorkIsToldToWaitAndOthersAreNot() {
        for (int i = 0; i < TransactionLimits.IN_WORK_PER_ORIGIN_MAX; i++) {
            ask(PEER, transaction(new TransactionId("t" + i), IN_A_1));
        }
        var tooMuch = ask(PEER, transaction(new TransactionId("more"), IN_A_1));
        assertThat(tooMuch.error().code()).isEqualTo(MatrixErrorCode.LIMIT_EXCEEDED);
        assertThat(tooMuch.error().body().integer("retry_after_ms")).isPresent();
        var other = ask(OTHER_PEER, new Transaction(ID, OTHER_PEER, 0, List.of(IN_A_1), List.of()));
        world.loop.run();
        assertThat(other.response().pdus()).hasSize(1);
        assertThat(send(transaction(new TransactionId("more"), IN_A_1)).response().pdus())
                .hasSize(1);
    }

    @Test
    void allOriginsTogetherHaveABoundToo() {
        for (int i = 0; i < TransactionLimits.IN_WORK_MAX; i++) {
            var origin = new ServerName("peer" + i);
            ask(origin, new Transaction(ID, origin, 0, List.of(), List.of()));
        }
        assertThat(ask(PEER, transaction(ID, IN_A_1)).error().code())
                .isEqualTo(MatrixErrorCode.LIMIT_EXCEEDED);
        world.loop.run();
        assertThat(send(transaction(ID, IN_A_1)).response().pdus()).hasSize(1);
    }

    @Test
    void aRelayedEventIsTakenThoughItIsNotItsOriginsOwn() {
        assertThat(send(transaction(ID, pdu("!c:gamma", "$c1"))).response().pdus()).hasSize(1);
    }

    private Answer send(Transaction transaction) {
        return answerOf(PEER, transaction);
    }

    private Answer answerOf(ServerName origin, Transaction transaction) {
        var answer = ask(origin, transaction);
        world.loop.run();
        return answer;
    }

    private Answer ask(ServerName origin, Transaction transaction) {
        return new Answer(inbound.onTransaction(origin, transaction));
    }

    private static Transaction transaction(TransactionId id, RawPdu... pdus) {
        return new Transaction(id, PEER, 0, List.of(pdus), List.of());
    }

    private static RawPdu pdu(String room, String event) {
        return new RawPdu(JsonObject.builder().put("room_id", room).put("id", event).build());
    }

    private static byte[] bytes(TransactionResponse response) {
        return JsonWriter.write(SendTransaction.ENDPOINT.answer().encode(response));
    }

    private static final class Answer {

        private final List<TransactionResponse> responses = new ArrayList<>();
        private final List<Throwable> failures = new ArrayList<>();

        Answer(Uni<TransactionResponse> uni) {
            uni.subscribe().with(responses::add, failures::add);
        }

        boolean isOpen() {
            return responses.isEmpty() && failures.isEmpty();
        }

        TransactionResponse response() {
            assertThat(failures).isEmpty();
            assertThat(responses).hasSize(1);
            return responses.getFirst();
        }

        Throwable failure() {
            assertThat(responses).isEmpty();
            assertThat(failures).hasSize(1);
            return failures.getFirst();
        }

        MatrixException error() {
            return Optional.of(failure())
                    .flatMap(
                            it ->
                                    it instanceof MatrixException e
                                            ? Optional.of(e)
                                            : Optional.empty())
                    .orElseThrow(() -> new AssertionError("not an answer", failure()));
        }
    }
}
