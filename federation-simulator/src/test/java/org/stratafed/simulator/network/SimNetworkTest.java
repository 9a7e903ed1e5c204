package org.stratafed.simulator.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.loop.VirtualTime;

class SimNetworkTest {

    private static final ServerName ALPHA = new ServerName("alpha");
    private static final ServerName BETA = new ServerName("beta");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime(Trace.silent());
    private final Recorder recorder = new Recorder();
    private final SimNetwork network = new SimNetwork(time, new SimRandom(1), recorder);
    private final Lifetime alpha = new Lifetime(time);
    private final Lifetime beta = new Lifetime(time);
    private final List<Object> ends = new ArrayList<>();
    private int handled;

    SimNetworkTest() {
        network.register(ALPHA);
        network.register(BETA);
        network.listen(BETA, this::handle, beta);
    }

    private Uni<WireResponse> handle(WireRequest request) {
        handled++;
        return beta.later(
                () -> 1_000L, () -> new WireResponse(200, List.of(), WireBody.of(request.body())));
    }

    private void ask(String certificateName, int port) {
        network.wire(ALPHA, alpha)
                .send(
                        new Route("44.128.0.2", port, certificateName, "beta"),
                        new WireRequest("PUT", "/send?x", List.of(), "hello".getBytes(UTF_8)),
                        TIMEOUT)
                .subscribe()
                .with(response -> ends.add(response.status()), ends::add);
        run();
    }

    private void run() {
        while (time.step()) {
            // Until nothing is left to happen.
        }
    }

    @Test
    void aNameLeadsToAnAddressAndThatToTheServer() {
        var found = new ArrayList<List<String>>();
        network.names(alpha).addresses("beta").subscribe().with(found::add);
        network.names(alpha).addresses("gamma").subscribe().with(found::add);
        run();
        ask("beta", 8_448);

        assertThat(found).containsExactlyInAnyOrder(List.of("44.128.0.2"), List.of());
        assertThat(ends).containsExactly(200);
        assertThat(recorder.ended).containsExactly("alpha->beta PUT /send 200");
        assertThat(time.isQuiet()).isTrue();
    }

    @Test
    void aCertificateForAnotherNameEndsTheConversationBeforeItBegins() {
        ask("gamma", 8_448);

        assertThat(ends).singleElement().isInstanceOf(RemoteFailure.Unreachable.class);
        assertThat(handled).isZero();
    }

    @Test
    void nothingPassesAPartitionAndItHeals() {
        network.faults().partition(ALPHA, BETA);
        ask("beta", 8_448);
        network.faults().heal(ALPHA, BETA);
        ask("beta", 8_448);

        assertThat(ends.getFirst()).isInstanceOf(RemoteFailure.Unreachable.class);
        assertThat(ends.getLast()).isEqualTo(200);
    }

    /// The request gets through, the answer doesn't: whoever asked can't know.
    @Test
    void aLostAnswerLooksLikeALostRequest() {
        network.faults().setQuality(new Link(BETA, ALPHA), Quality.GOOD.withLoss(1));
        ask("beta", 8_448);

        assertThat(ends).singleElement().isInstanceOf(RemoteFailure.TimedOut.class);
        assertThat(handled).isOne();
    }

    @Test
    void aDuplicatedRequestIsHandledTwiceAndAnsweredOnce() {
        var doubling =
                Quality.GOOD.withLatency(Duration.ZERO, Duration.ofMillis(9)).withDuplication(1);
        network.faults().setQuality(new Link(ALPHA, BETA), doubling);
        ask("beta", 8_448);

        assertThat(handled).isEqualTo(2);
        assertThat(ends).containsExactly(200);
    }

    @Test
    void aServerThatCrashesWhileAskedResetsTheConnection() {
        network.listen(
                BETA,
                _ -> {
                    time.schedule(VirtualTime.Kind.LABOUR, 1, beta::end);
                    return beta.later(() -> 1_000L, () -> null);
                },
                beta);
        ask("beta", 8_448);
        ask("beta", 8_448);

        assertThat(ends.getFirst()).isInstanceOf(RemoteFailure.TimedOut.class);
        assertThat(ends.getLast()).isInstanceOf(RemoteFailure.Unreachable.class);
        assertThat(time.now()).isLessThan(TIMEOUT);
    }

    @Test
    void anAnswerCanBreakOff() {
        var chunks = new ArrayList<Object>();
        var body = new ArrivingBody(alpha, new byte[100_000], 1, true);
        for (int i = 0; i < 5; i++) {
            body.next()
                    .map(Optional::orElseThrow)
                    .subscribe()
                    .with(chunk -> chunks.add(chunk.length), chunks::add);
            run();
        }

        assertThat(chunks.subList(0, 4)).containsExactly(16_384, 16_384, 16_384, 848);
        assertThat(chunks.getLast()).isInstanceOf(RemoteFailure.TimedOut.class);
    }

    private static final class Recorder implements NetworkListener {

        private final List<String> ended = new ArrayList<>();

        @Override
        public void onSent(Exchange exchange) {}

        @Override
        public void onArrived(Exchange exchange) {}

        @Override
        public void onAnswered(Exchange exchange, int status, byte[] body) {}

        @Override
        public void onEnded(Exchange exchange, int status) {
            ended.add(exchange + " " + status);
        }
    }
}
