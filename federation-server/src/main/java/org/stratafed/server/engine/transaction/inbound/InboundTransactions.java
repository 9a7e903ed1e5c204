package org.stratafed.server.engine.transaction.inbound;

import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.stratafed.api.layer.transaction.TransactionHandler;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.store.InboxStore;

/// What other servers push here. Each transaction takes effect once: its answer is stored, and one
/// that comes again gets that answer, without anybody above being told.
///
/// The answer says that every event in it is durable. So the transaction as a whole fails, and will
/// be sent again, if the layer above fails on any of its rooms; those it decided are decided then.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv1sendtxnid">
///     Sending transactions</a>
public final class InboundTransactions {

    private final InboxStore inbox;
    private final Telemetry telemetry;
    private final TransactionHandler handler;
    private final InWork inWork = new InWork();

    public InboundTransactions(HomeserverEnvironment environment, TransactionHandler handler) {
        this.inbox = environment.stores().inbox();
        this.telemetry = environment.telemetry();
        this.handler = handler;
    }

    /// Answers the transaction that `origin` sent.
    public Uni<TransactionResponse> onTransaction(ServerName origin, Transaction transaction) {
        var violation = TransactionLimits.violation(origin, transaction);
        if (violation.isPresent()) {
            return Uni.createFrom().failure(violation.get());
        }
        return inWork.find(origin, transaction.id()).orElseGet(() -> start(origin, transaction));
    }

    private Uni<TransactionResponse> start(ServerName origin, Transaction transaction) {
        return inWork.isFull(origin)
                ? Uni.createFrom().failure(TransactionLimits.busy())
                : inWork.start(origin, transaction.id(), () -> claim(origin, transaction));
    }

    /// The answer is read back from the bytes that stand for it, whether they are new or were
    /// stored, so that it is the same each time.
    private Uni<TransactionResponse> claim(ServerName origin, Transaction transaction) {
        return inbox.claim(origin, transaction.id())
                .chain(
                        answered ->
                                answered.map(bytes -> Uni.createFrom().item(bytes))
                                        .orElseGet(() -> take(origin, transaction)))
                .map(InboundTransactions::response);
    }

    private Uni<byte[]> take(ServerName origin, Transaction transaction) {
        var pdus = PdusByRoom.of(transaction.pdus());
        var arrival = Arrival.pushed(origin, transaction.id());
        return roomless(arrival, pdus.roomless().size())
                .chain(() -> decide(arrival, pdus.rooms()))
                .invoke(() -> passOn(origin, transaction.edus()))
                .map(InboundTransactions::bytes)
                .call(bytes -> inbox.record(origin, transaction.id(), bytes));
    }

    private Uni<Void> roomless(Arrival arrival, int count) {
        return count == 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().deferred(() -> handler.onRoomless(arrival, count));
    }

    /// Has all rooms decide at once, and waits for all of them, whatever becomes of one.
    private Uni<TransactionResponse> decide(
            Arrival arrival, SequencedMap<RoomId, List<RawPdu>> rooms) {
        if (rooms.isEmpty()) {
            return Uni.createFrom().item(response(List.of()));
        }
        var decisions = new ArrayList<Uni<SequencedMap<EventId, PduOutcome>>>();
        rooms.forEach(
                (room, pdus) ->
                        decisions.add(
                                Uni.createFrom()
                                        .deferred(() -> handler.onPdus(arrival, room, pdus))));
        return Uni.join()
                .all(decisions)
                .andCollectFailures()
                .map(InboundTransactions::response)
                .onFailure(CompositeException.class)
                .transform(failure -> first(failure, arrival.peer()));
    }

    /// The failure that is answered with. None of the others is lost.
    private Throwable first(CompositeException failures, ServerName origin) {
        failures.getCauses().stream()
                .skip(1)
                .forEach(other -> telemetry.defect("a transaction of " + origin, other));
        return failures.getCauses().getFirst();
    }

    /// A defect in what is done about ephemeral units must not have the events sent again.
    private void passOn(ServerName origin, List<Edu> edus) {
        if (edus.isEmpty()) {
            return;
        }
        try {
            handler.onEdus(origin, edus);
        } catch (RuntimeException defect) {
            telemetry.defect("ephemeral units of " + origin, defect);
        }
    }

    private static TransactionResponse response(
            List<SequencedMap<EventId, PduOutcome>> outcomesOfRooms) {
        var errors = new LinkedHashMap<EventId, Optional<String>>();
        for (var outcomes : outcomesOfRooms) {
            outcomes.forEach((event, outcome) -> errors.put(event, outcome.wireError()));
        }
        return new TransactionResponse(errors);
    }

    private static byte[] bytes(TransactionResponse response) {
        return JsonWriter.write(SendTransaction.ENDPOINT.answer().encode(response));
    }

    private static TransactionResponse response(byte[] bytes) {
        return SendTransaction.ENDPOINT.answer().decode(JsonReader.read(bytes));
    }
}
