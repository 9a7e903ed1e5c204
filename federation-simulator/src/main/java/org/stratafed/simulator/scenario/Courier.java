package org.stratafed.simulator.scenario;

import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.server.engine.transport.auth.RequestSigner;
import org.stratafed.simulator.host.Guest;
import org.stratafed.simulator.host.Reply;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.loop.SimClock;
import org.stratafed.simulator.network.Link;

/// Takes transactions to servers that an honest sender would not have sent, or not again: under the
/// name and key of a server, past its engine, and from a place of its own in the network.
final class Courier {

    private static final ServerName PLACE = new ServerName("courier");

    private final Stage stage;
    private final SimServer sender;

    Courier(Stage stage, SimServer sender) {
        this.stage = stage;
        this.sender = sender;
    }

    /// Sends the last transaction that was taken once more. An answer has to be the one given then.
    void resend(SimServer receiver) {
        var last =
                stage.postbag()
                        .last(new Link(sender.name(), receiver.name()))
                        .orElseThrow(() -> new IllegalStateException("nothing to send again"));
        stage.perform(
                sender + " sends again to " + receiver,
                receiver,
                deliver(receiver, last.exchange().request()),
                answer -> compare(receiver, last.answer(), answer));
    }

    private void compare(SimServer receiver, byte[] first, Reply again) {
        if (!again.isOk() || !Arrays.equals(first, again.body())) {
            stage.simulation()
                    .violations()
                    .add(
                            "%s answered a transaction with %s, and again with %d %s"
                                    .formatted(
                                            receiver,
                                            new String(first),
                                            again.status(),
                                            new String(again.body())));
        }
    }

    /// Sends an event in a new transaction.
    void send(SimServer receiver, Pdu event) {
        var now = SimClock.START.plus(stage.now()).toEpochMilli();
        var body =
                JsonObject.builder()
                        .put("origin", sender.name().value())
                        .put("origin_server_ts", now)
                        .put("pdus", JsonArray.of(List.of(event.json())))
                        .build();
        var id = "courier" + stage.nextNumber();
        var request =
                new RequestSigner(sender.name(), sender.key(), stage.simulation().signatures())
                        .signed(
                                "PUT",
                                "/_matrix/federation/v1/send/" + id,
                                receiver.name(),
                                Optional.of(body));
        stage.perform(
                sender + " sends " + event + " to " + receiver,
                receiver,
                deliver(receiver, request),
                answer -> requireOk(receiver, answer));
    }

    private void requireOk(SimServer receiver, Reply answer) {
        if (!answer.isOk()) {
            stage.simulation()
                    .violations()
                    .add(receiver + " answered " + answer.status() + new String(answer.body()));
        }
    }

    private Uni<Reply> deliver(SimServer receiver, WireRequest request) {
        return new Guest(stage.simulation(), PLACE, sender.key()).send(receiver, request);
    }
}
