package org.stratafed.server.host.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;

class VertxWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    /// Far more than sockets hold.
    private static final int CHUNKS_MAX = 2_000;

    private static final long STUCK_MS = 2_000;

    private static final String LOOPBACK = "127.0.0.1";

    @TempDir Path directory;

    private final Vertx vertx = Vertx.vertx();
    private Authority trusted;
    private EngineLoop loop;
    private VertxWire wire;

    @BeforeEach
    void trustOneAuthority() {
        trusted = new Authority(directory, "trusted");
        loop = new EngineLoop(vertx);
        wire = new VertxWire(loop, TrustedAuthorities.systemAnd(List.of(trusted.certificate())));
    }

    @AfterEach
    void close() {
        wire.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theTargetAndTheHostHeaderArriveExactlyAsGiven() {
        var seen = new CompletableFuture<String>();
        int port =
                serve(
                        trusted.issue("matrix.example.org"),
                        request -> {
                            seen.complete(
                                    request.method()
                                            + " "
                                            + request.uri()
                                            + " "
                                            + request.getHeader("Host"));
                            request.response().end("{}");
                        });
        var target = "/_matrix/federation/v1/event/%24a%2Fb%23%21%25/?x=a+b%20c";

        var answer =
                await(
                        wire.send(
                                route(port, "matrix.example.org", "example.org"),
                                get(target),
                                PATIENCE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("{}");
        assertThat(seen.orTimeout(30, TimeUnit.SECONDS).join())
                .isEqualTo("GET " + target + " example.org");
    }

    @Test
    void theCertificateNameIsTheNameAskedForInTheHandshake() {
        var asked = new CompletableFuture<String>();
        int port =
                serve(
                        trusted.issue("matrix.example.org"),
                        request -> {
                            asked.complete(request.connection().indicatedServerName());
                            request.response().end();
                        });

        await(wire.send(route(port, "matrix.example.org", "example.org:1234"), get("/"), PATIENCE));

        assertThat(asked.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("matrix.example.org");
    }

    @Test
    void aPeerWithACertificateForAnotherNameGetsNoRequest() {
        var requests = new AtomicInteger();
        int port = serve(trusted.issue("other.example.org"), counting(requests));

        var failure = failure(route(port, "matrix.example.org", "matrix.example.org"));

        assertThat(failure)
                .isInstanceOf(RemoteFailure.Unreachable.class)
                .hasMessageContaining("certificate is not valid for matrix.example.org");
        assertThat(requests).hasValue(0);
    }

    @Test
    void aPeerWithACertificateOfAnUnknownAuthorityGetsNoRequest() {
        var requests = new AtomicInteger();
        var unknown = new Authority(directory, "unknown");
        int port = serve(unknown.issue("matrix.example.org"), counting(requests));

        var failure = failure(route(port, "matrix.example.org", "matrix.example.org"));

        assertThat(failure)
                .isInstanceOf(RemoteFailure.Unreachable.class)
                .hasMessageContaining("not signed by an authority that this server trusts");
        assertThat(requests).hasValue(0);
    }

    @Test
    void anIpLiteralIsCheckedAgainstTheAddressesInTheCertificate() {
        int port = serve(trusted.issue(LOOPBACK), request -> request.response().end("{}"));
        int wrongPort = serve(trusted.issue("10.1.2.3"), request -> request.response().end("{}"));

        var answer = await(wire.send(route(port, LOOPBACK, LOOPBACK), get("/"), PATIENCE));
        var failure = failure(route(wrongPort, LOOPBACK, LOOPBACK));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(failure)
                .isInstanceOf(RemoteFailure.Unreachable.class)
                .hasMessageContaining("certificate is not valid for 127.0.0.1");
    }

    @Test
    void nobodyListeningIsUnreachable() {
        int port = serve(trusted.issue("a.example"), request -> request.response().end());
        int free = port == 65_535 ? port - 1 : port + 1;

        assertThat(failure(route(free, "a.example", "a.example")))
                .isInstanceOf(RemoteFailure.Unreachable.class)
                .hasMessageContaining("connection refused");
    }

    @Test
    void aChunkedBodyArrivesWhole() {
        int port =
                serve(
                        trusted.issue("a.example"),
                        request -> {
                            request.response().setChunked(true);
                            sendChunks(request, 200);
                        });

        var answer = await(wire.send(route(port, "a.example", "a.example"), get("/"), PATIENCE));

        assertThat(bytes(answer)).hasSize(200 * 10_000);
    }

    @Test
    void aBodyThatIsCutOffIsGarbledAndNotShort() {
        int port =
                serve(
                        trusted.issue("a.example"),
                        request -> {
                            request.response().putHeader("Content-Length", "1000");
                            request.response()
                                    .write("half")
                                    .onComplete(_ -> request.connection().close());
                        });

        var answer = await(wire.send(route(port, "a.example", "a.example"), get("/"), PATIENCE));

        assertThat(catchThrowable(() -> bytes(answer)))
                .isInstanceOf(RemoteFailure.Garbled.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void aPeerThatDoesNotAnswerTimesOut() {
        int port = serve(trusted.issue("a.example"), _ -> {});

        var failure =
                catchThrowable(
                        () ->
                                await(
                                        wire.send(
                                                route(port, "a.example", "a.example"),
                                                get("/"),
                                                SHORT)));

        assertThat(failure).isInstanceOf(RemoteFailure.TimedOut.class);
    }

    @Test
    void aPeerThatStopsInTheMiddleOfABodyTimesOut() {
        int port =
                serve(
                        trusted.issue("a.example"),
                        request -> {
                            request.response().setChunked(true);
                            request.response().write("half");
                        });
        var limit = Duration.ofSeconds(2);

        var answer = await(wire.send(route(port, "a.example", "a.example"), get("/"), limit));

        assertThat(catchThrowable(() -> bytes(answer)))
                .isInstanceOf(RemoteFailure.TimedOut.class)
                .hasMessageContaining("nothing more of the answer");
    }

    /// Nothing else would bound what a peer can make this server hold.
    @Test
    void aPeerThatSendsFasterThanIsReadHasToWait() {
        var written = new AtomicInteger();
        var full = new CompletableFuture<Void>();
        int port =
                serve(
                        trusted.issue("a.example"),
                        request -> {
                            request.response().setChunked(true);
                            writeUntilFull(request, written, full);
                        });

        var answer = await(wire.send(route(port, "a.example", "a.example"), get("/"), PATIENCE));
        full.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

        assertThat(await(answer.body().next())).isPresent();
        answer.body().discard();
    }

    @Test
    void aRedirectIsAnAnswerLikeAnyOther() {
        int port =
                serve(
                        trusted.issue("a.example"),
                        request ->
                                request.response()
                                        .setStatusCode(302)
                                        .putHeader("Location", "https://elsewhere.example/")
                                        .end());

        var answer = await(wire.send(route(port, "a.example", "a.example"), get("/"), PATIENCE));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headerValues("location")).containsExactly("https://elsewhere.example/");
    }

    @Test
    void aConnectionIsUsedAgainAfterItsBodyWasRead() {
        var ports = new ConcurrentLinkedQueue<Integer>();
        int port =
                serve(
                        trusted.issue("a.example"),
                        request -> {
                            ports.add(request.remoteAddress().port());
                            request.response().end("{}");
                        });

        for (int i = 0; i < 3; i++) {
            bytes(await(wire.send(route(port, "a.example", "a.example"), put("{}"), PATIENCE)));
        }

        assertThat(ports).hasSize(3);
        assertThat(List.copyOf(ports).stream().distinct()).hasSize(1);
    }

    /// One chunk after the other, each when the sockets have taken the one before. They have had
    /// enough when none was taken for a while.
    private void writeUntilFull(
            HttpServerRequest request, AtomicInteger written, CompletableFuture<Void> full) {
        if (written.get() == CHUNKS_MAX) {
            full.completeExceptionally(new AssertionError("it never had to wait"));
            return;
        }
        long stuck = vertx.setTimer(STUCK_MS, _ -> full.complete(null));
        request.response()
                .write(Buffer.buffer(new byte[64 * 1024]))
                .onSuccess(
                        _ -> {
                            vertx.cancelTimer(stuck);
                            written.incrementAndGet();
                            writeUntilFull(request, written, full);
                        });
    }

    private void sendChunks(HttpServerRequest request, int left) {
        if (left == 0) {
            request.response().end();
        } else {
            request.response()
                    .write(Buffer.buffer(new byte[10_000]))
                    .onSuccess(_ -> sendChunks(request, left - 1));
        }
    }

    private static Handler<HttpServerRequest> counting(AtomicInteger requests) {
        return request -> {
            requests.incrementAndGet();
            request.response().end();
        };
    }

    private int serve(Authority.Issued issued, Handler<HttpServerRequest> handler) {
        var options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .setCertPath(issued.certificate().toString())
                                        .setKeyPath(issued.key().toString()));
        return vertx.createHttpServer(options)
                .requestHandler(handler)
                .listen(SocketAddress.inetSocketAddress(0, LOOPBACK))
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static Route route(int port, String certificateName, String hostHeader) {
        return new Route(LOOPBACK, port, certificateName, hostHeader);
    }

    private static WireRequest get(String target) {
        return new WireRequest(
                "GET",
                target,
                List.of(new WireHeader("Accept", "application/json")),
                WireRequest.NO_BODY);
    }

    private static WireRequest put(String body) {
        return new WireRequest("PUT", "/", List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private Throwable failure(Route route) {
        return catchThrowable(() -> await(wire.send(route, get("/"), PATIENCE)));
    }

    private static String text(WireResponse answer) {
        return new String(bytes(answer), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(WireResponse answer) {
        var bytes = new ByteArrayOutputStream();
        for (Optional<byte[]> chunk = await(answer.body().next());
                chunk.isPresent();
                chunk = await(answer.body().next())) {
            bytes.writeBytes(chunk.get());
        }
        return bytes.toByteArray();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
