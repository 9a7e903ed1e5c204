package org.stratafed.server.engine.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transaction.TestWorld.LOCAL;
import static org.stratafed.server.engine.transaction.TestWorld.PEER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.Backfill;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.PathTemplate;
import org.stratafed.api.layer.transport.endpoint.QueryProfile;
import org.stratafed.api.layer.transport.endpoint.SendLeave;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

class TransactionServiceTest {

    private static final RoomId ROOM = new RoomId("!room:beta");
    private static final RawPdu PDU =
            new RawPdu(
                    JsonObject.builder().put("room_id", ROOM.value()).put("id", "$event").build());

    private final TestWorld world = new TestWorld();
    private final ScriptedHandler handler = new ScriptedHandler(world.loop);
    private final ScriptedAnswers answers = new ScriptedAnswers(PDU);
    private final TransactionService service =
            new TransactionService(
                    world.environment(),
                    LOCAL,
                    world.transport,
                    _ -> new TransactionService.Above(handler.answeringWith(answers), answers));

    @Test
    void aTransactionGoesToTheLayerAboveAndIsAnswered() {
        var transaction = new Transaction(new TransactionId("t"), PEER, 0, List.of(PDU), List.of());
        var answer = ask(SendTransaction.ENDPOINT, transaction);
        assertThat(handler.calls()).containsExactly("beta !room:beta $event");
        assertThat(((TransactionResponse) answer).pdus().sequencedKeySet())
                .containsExactly(new EventId("$event"));
    }

    @Test
    void questionsAboutRoomsAreAnsweredByTheLayerAboveInTheEndpointsShape() {
        assertThat(ask(GetEvent.ENDPOINT, new EventId("$event")))
                .isEqualTo(EventsAnswer.of(LOCAL, world.loop.millis(), List.of(PDU)));
        assertThat(ask(Backfill.ENDPOINT, new BackfillRequest(ROOM, List.of(), 1)))
                .isEqualTo(EventsAnswer.of(LOCAL, world.loop.millis(), List.of(PDU, PDU)));
        assertThat(ask(SendLeave.ENDPOINT, new SignedMembership(ROOM, new EventId("$event"), PDU)))
                .isEqualTo(JsonObject.empty());
        assertThat(answers.calls())
                .containsExactly("beta onEvent", "beta onBackfill", "beta onSendLeave");
    }

    @Test
    void questionsAboutUsersGoPastThePduLayer() {
        var request = new ProfileRequest(new UserId("@bob:alpha"), Optional.empty());
        assertThat(ask(QueryProfile.ENDPOINT, request)).isEqualTo(JsonObject.empty());
        assertThat(answers.calls()).containsExactly("beta onProfile");
    }

    /// Whoever is below has one way to be told of a failure.
    @Test
    void anErrorThatIsThrownAtOnceIsAnAnswerLikeAnother() {
        answers.refuseAll();
        assertThat(ask(GetEvent.ENDPOINT, new EventId("$event")))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it -> assertThat(it.code()).isEqualTo(MatrixErrorCode.FORBIDDEN));
    }

    @Test
    void anEndpointThatNobodyAnswersIsUnrecognized() {
        var unknown =
                new Endpoint<>(
                        "unknown",
                        "GET",
                        new PathTemplate("/_matrix/federation/v1/unknown"),
                        0,
                        0,
                        GetEvent.ENDPOINT.question(),
                        GetEvent.ENDPOINT.answer());
        assertThat(ask(unknown, new EventId("$event")))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        it -> assertThat(it.code()).isEqualTo(MatrixErrorCode.UNRECOGNIZED));
    }

    @Test
    void aRequestOfADestinationThatFailedHasItTriedAgain() {
        world.outbox.add(PEER, 1);
        service.wake(new LinkedHashSet<>(List.of(PEER)));
        world.loop.run();
        world.transport.last().fail();
        world.loop.advance(Duration.ofSeconds(2));
        service.onSignOfLife(PEER);
        world.loop.run();
        assertThat(world.transport.asked()).hasSize(2);
    }

    @Test
    void whatAnEarlierRunLeftIsSentAfterTheStart() {
        world.outbox.add(PEER, 1);
        service.start();
        world.loop.run();
        assertThat(world.transport.asked()).hasSize(1);
    }

    private <Q, A> Object ask(Endpoint<Q, A> endpoint, Q question) {
        var result = new ArrayList<Object>();
        service.onRequest(PEER, endpoint, question).subscribe().with(result::add, result::add);
        world.loop.run();
        assertThat(result).hasSize(1);
        return result.getFirst();
    }
}
