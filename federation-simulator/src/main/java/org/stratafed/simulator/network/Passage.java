package org.stratafed.simulator.network;

import io.smallrye.mutiny.subscription.UniEmitter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.WireBody;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.VirtualTime;
import org.stratafed.simulator.loop.VirtualTime.Kind;

/// How one exchange goes: there, and back, or not.
final class Passage {

    private static final int PORT_FEDERATION = 8_448;
    private static final int PORT_WEB = 443;

    /// What a reverse proxy says that has lost its server, or takes the request for one too many.
    private static final List<Integer> PROXY_STATUSES = List.of(502, 503, 504, 429, 404);

    private static final String PROXY_PAGE = "<html><body><h1>Sorry</h1></body></html>";

    /// What is found at a web site in place of a delegation.
    private static final List<String> NONSENSE =
            List.of("<html></html>", "{}", "[]", "{\"m.server\":7}", "{\"m.server\":\"\"}");

    /// How long an attempt to connect to nobody takes.
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final SimNetwork network;
    private final Exchange exchange;
    private final Lifetime asker;
    private final UniEmitter<? super WireResponse> emitter;
    private VirtualTime.Scheduled timeout = () -> {};
    private final List<VirtualTime.Scheduled> resets = new ArrayList<>(1);
    private boolean isEnded;
    private boolean isProxyBroken;

    Passage(
            SimNetwork network,
            Exchange exchange,
            Lifetime asker,
            UniEmitter<? super WireResponse> emitter) {
        this.network = network;
        this.exchange = exchange;
        this.asker = asker;
        this.emitter = emitter;
    }

    void begin(Route route, Duration timeout) {
        network.listener().onSent(exchange);
        this.timeout =
                asker.schedule(
                        Kind.LABOUR,
                        timeout.toNanos(),
                        () -> fail(new RemoteFailure.TimedOut("no answer within " + timeout)));
        var there = exchange.link();
        if (network.faults().isCut(there) || network.faults().isCut(there.reversed())) {
            asker.schedule(
                    Kind.LABOUR,
                    CONNECT_MAX.toNanos(),
                    () -> fail(new RemoteFailure.Unreachable("no connection to " + route)));
            return;
        }
        if (!network.loses(there)) {
            arriveLater(route);
        }
        if (network.random().happens(network.faults().quality(there).duplication())) {
            arriveLater(route);
        }
    }

    private void arriveLater(Route route) {
        network.time()
                .schedule(Kind.LABOUR, network.latencyNanos(exchange.link()), () -> arrive(route));
    }

    private void arrive(Route route) {
        var host = network.host(exchange.to());
        if (host.isEmpty()) {
            failLater(new RemoteFailure.Unreachable(exchange.to() + " refuses connections"));
        } else if (!route.certificateName().equals(exchange.to().host())
                || !network.faults().isTrusted(exchange.to())) {
            failLater(new RemoteFailure.Unreachable("not " + route.certificateName()));
        } else if (route.port() == PORT_WEB) {
            answerForWeb();
        } else if (route.port() != PORT_FEDERATION) {
            failLater(new RemoteFailure.Unreachable("nobody listens at " + route));
        } else {
            handle(host.get());
        }
    }

    private void answerForWeb() {
        if (network.faults().isMisdelegated(exchange.to())) {
            var nonsense = NONSENSE.get(network.random().nextInt(NONSENSE.size()));
            send(200, List.of(), nonsense.getBytes(StandardCharsets.UTF_8));
        } else {
            send(404, List.of(), new byte[0]);
        }
    }

    private void handle(SimNetwork.Host host) {
        isProxyBroken =
                network.faults().isProxyBroken(exchange.to()) && network.random().nextBoolean();
        if (isProxyBroken && network.random().nextBoolean()) {
            answerForProxy();
            return;
        }
        network.listener().onArrived(exchange);
        resets.add(host.lifetime().atEnd(this::reset));
        host.handler()
                .onRequest(exchange.request())
                .subscribe()
                .with(
                        this::take,
                        defect -> {
                            throw new IllegalStateException("a request failed", defect);
                        });
    }

    private void take(WireResponse response) {
        if (response.body() instanceof EndlessBody endless) {
            sendEndless(response.status(), response.headers(), endless);
        } else {
            new WholeAnswer(response.body())
                    .read(body -> answer(response.status(), response.headers(), body));
        }
    }

    /// The other end crashed.
    private void reset() {
        if (!isEnded) {
            failLater(new RemoteFailure.TimedOut("connection reset by " + exchange.to()));
        }
    }

    private void answer(int status, List<WireHeader> headers, byte[] body) {
        if (isProxyBroken) {
            answerForProxy();
        } else {
            network.listener().onAnswered(exchange, status, body);
            send(status, headers, body);
        }
    }

    private void answerForProxy() {
        int status = PROXY_STATUSES.get(network.random().nextInt(PROXY_STATUSES.size()));
        send(status, List.of(), PROXY_PAGE.getBytes(StandardCharsets.UTF_8));
    }

    private void send(int status, List<WireHeader> headers, byte[] body) {
        var back = exchange.link().reversed();
        if (network.loses(back)) {
            return;
        }
        var quality = network.faults().quality(back);
        boolean isCutOff = network.random().happens(quality.truncation());
        deliver(
                status,
                headers,
                new ArrivingBody(asker, body, quality.chunkTime().toNanos(), isCutOff));
    }

    private void sendEndless(int status, List<WireHeader> headers, EndlessBody body) {
        if (!network.loses(exchange.link().reversed())) {
            deliver(status, headers, body.arrivingAt(asker));
        }
    }

    private void deliver(int status, List<WireHeader> headers, WireBody arriving) {
        asker.schedule(
                Kind.LABOUR,
                network.latencyNanos(exchange.link().reversed()),
                () -> complete(status, headers, arriving));
    }

    private void complete(int status, List<WireHeader> headers, WireBody body) {
        if (end(status)) {
            emitter.complete(new WireResponse(status, headers, body));
        }
    }

    private void failLater(RemoteFailure failure) {
        asker.schedule(
                Kind.LABOUR, network.latencyNanos(exchange.link().reversed()), () -> fail(failure));
    }

    private void fail(RemoteFailure failure) {
        if (end(0)) {
            emitter.fail(failure);
        }
    }

    private boolean end(int status) {
        if (isEnded) {
            return false;
        }
        isEnded = true;
        timeout.cancel();
        resets.forEach(VirtualTime.Scheduled::cancel);
        network.listener().onEnded(exchange, status);
        return true;
    }
}
