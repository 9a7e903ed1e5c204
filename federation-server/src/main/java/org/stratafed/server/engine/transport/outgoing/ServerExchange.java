package org.stratafed.server.engine.transport.outgoing;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Wire;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.discovery.ServerDiscovery;
import org.stratafed.server.engine.transport.wire.Attempts;
import org.stratafed.server.engine.transport.wire.BoundedBody;
import org.stratafed.server.engine.transport.wire.Deadline;
import org.stratafed.server.engine.transport.wire.ReadAhead;

/// One request to a server, known by its name, and its whole answer.
public final class ServerExchange {

    /// Of a refusal. What is longer isn't a Matrix error.
    private static final int ERROR_BYTES_MAX = 64 << 10;

    private final Wire wire;
    private final ServerDiscovery discovery;
    private final InstantSource clock;

    public ServerExchange(Wire wire, ServerDiscovery discovery, InstantSource clock) {
        this.wire = wire;
        this.discovery = discovery;
        this.clock = clock;
    }

    /// Fails with a [RemoteFailure] only, and not for a status: that is the asker's to judge.
    public Uni<WholeAnswer> send(
            ServerName server, WireRequest request, Patience patience, int answerBytesMax) {
        var deadline = Deadline.in(clock, patience.whole());
        var attempts = new Attempts(wire, request, patience.silence(), deadline);
        return discovery
                .routes(server)
                .flatMap(attempts::over)
                .flatMap(response -> whole(response, answerBytesMax, deadline));
    }

    /// The same for an answer whose body is pulled by the asker, within the same bounds: its bytes,
    /// the time to the next of them, and the time in all.
    public Uni<BegunAnswer> open(
            ServerName server, WireRequest request, Patience patience, int answerBytesMax) {
        var deadline = Deadline.in(clock, patience.whole());
        var attempts = new Attempts(wire, request, patience.silence(), deadline);
        return discovery
                .routes(server)
                .flatMap(attempts::over)
                .flatMap(response -> begun(response, answerBytesMax, deadline));
    }

    private static Uni<BegunAnswer> begun(
            WireResponse response, int answerBytesMax, Deadline deadline) {
        if (!WholeAnswer.isSuccess(response.status())) {
            return whole(response, answerBytesMax, deadline).map(BegunAnswer.Refusal::new);
        }
        var body = new ReadAhead(response.body(), answerBytesMax, deadline);
        return Uni.createFrom().item(new BegunAnswer.Success(body));
    }

    private static Uni<WholeAnswer> whole(
            WireResponse response, int answerBytesMax, Deadline deadline) {
        var answer = new WholeAnswer(response.status(), response.headers(), WireRequest.NO_BODY);
        if (answer.isSuccess()) {
            return BoundedBody.read(response.body(), answerBytesMax, deadline)
                    .map(answer::withBody);
        }
        // The status alone says that it is a refusal, whatever becomes of the rest.
        return BoundedBody.read(response.body(), ERROR_BYTES_MAX, deadline)
                .map(answer::withBody)
                .onFailure(RemoteFailure.class)
                .recoverWithItem(answer);
    }
}
