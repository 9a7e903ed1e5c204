package org.stratafed.server.engine.transport.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transport.ScriptedWire.response;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.Route;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.TransportWorld;

class ServerDiscoveryTest {

    private static final String HS = "hs.example";
    private static final String WELL_KNOWN = "198.41.0.1:443";

    private final TransportWorld world = new TransportWorld();
    private final ServerDiscovery discovery =
            new ServerDiscovery(world.wire, world.names, new AddressPolicy(false), world.loop);

    ServerDiscoveryTest() {
        world.names.with(HS, "198.41.0.1").with("dg.example", "198.41.0.2", "2001:500:2::c");
    }

    // The table, by step.

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, 1.1.1.1, 8448, 1.1.1.1",
        "1.1.1.1:80, 1.1.1.1, 80, 1.1.1.1:80",
        "[2606:4700::1], 2606:4700::1, 8448, [2606:4700::1]",
        "[2606:4700::1]:80, 2606:4700::1, 80, [2606:4700::1]:80",
    })
    void step1AnAddressIsWhereItSaysAndItsCertificateIsForTheAddress(
            String server, String address, int port, String host) {
        assertThat(routes(server)).containsExactly(new Route(address, port, address, host));
        assertThat(world.names.asked()).isEmpty();
        assertThat(world.wire.sent()).isEmpty();
    }

    @Test
    void step2ANameWithAPortIsNotAskedForADelegation() {
        delegates("dg.example");

        assertThat(routes("hs.example:80"))
                .containsExactly(new Route("198.41.0.1", 80, HS, "hs.example:80"));
        assertThat(world.wire.sent()).isEmpty();
    }

    @Test
    void step3TheDelegationIsAskedOfTheNameItselfOverHttps() {
        delegates("dg.example");
        routes(HS);

        var sent = world.wire.sent().getFirst();
        assertThat(sent.route()).isEqualTo(new Route("198.41.0.1", 443, HS, HS));
        assertThat(sent.request().method()).isEqualTo("GET");
        assertThat(sent.request().target()).isEqualTo("/.well-known/matrix/server");
        assertThat(sent.request().headerValues("Authorization")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, 1.1.1.1, 8448, 1.1.1.1",
        "1.1.1.1:80, 1.1.1.1, 80, 1.1.1.1:80",
        "[2606:4700::1]:80, 2606:4700::1, 80, [2606:4700::1]:80",
    })
    void step3Point1ADelegatedAddressHasItsOwnCertificate(
            String delegated, String address, int port, String host) {
        delegates(delegated);

        assertThat(routes(HS)).containsExactly(new Route(address, port, address, host));
    }

    @Test
    void step3Point2ADelegatedNameWithAPortIsUsedWithIt() {
        delegates("dg.example:80");

        assertThat(routes(HS))
                .containsExactly(
                        new Route("198.41.0.2", 80, "dg.example", "dg.example:80"),
                        new Route("2001:500:2::c", 80, "dg.example", "dg.example:80"));
    }

    @Test
    void step3Point5ADelegatedNameIsUsedWithTheUsualPortAndNotAskedInTurn() {
        delegates("dg.example");

        assertThat(routes(HS))
                .containsExactly(
                        new Route("198.41.0.2", 8448, "dg.example", "dg.example"),
                        new Route("2001:500:2::c", 8448, "dg.example", "dg.example"));
        assertThat(world.wire.sent()).hasSize(1);
    }

    @Test
    void step6WithoutADelegationTheNameIsUsedWithTheUsualPort() {
        assertThat(routes(HS)).containsExactly(new Route("198.41.0.1", 8448, HS, HS));
    }

    // What is a delegation, and what isn't.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"m.server\":1}",
                "{\"m.server\":\"\"}",
                "{\"m.server\":\"a b\"}",
                "{\"m.server\":\"https://dg.example\"}",
                "{\"m.server\":\"dg.example:123456\"}",
                "{\"m.server\":\"dg.example\",\"m.server\":\"hs.example\"}",
            })
    void aDocumentThatNamesNoServerIsNoDelegation(String document) {
        answers(_ -> response(200, document));

        assertThat(routes(HS)).extracting(Route::hostHeader).containsExactly(HS);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 404, 429, 500, 503})
    void anotherStatusIsNoDelegation(int status) {
        answers(_ -> response(status, "{\"m.server\":\"dg.example\"}"));

        assertThat(routes(HS)).extracting(Route::hostHeader).containsExactly(HS);
    }

    @Test
    void aDocumentIsReadWhateverTypeItIsSaidToBeOf() {
        answers(_ -> response(200, "{\"m.server\":\"dg.example:1\"}", "Content-Type", "text/html"));

        assertThat(routes(HS).getFirst().port()).isEqualTo(1);
    }

    @Test
    void aDocumentThatIsTooLargeIsNoDelegation() {
        answers(_ -> response(200, "{\"m.server\":\"dg.example\"}" + " ".repeat(64 << 10)));

        assertThat(routes(HS)).extracting(Route::hostHeader).containsExactly(HS);
    }

    @Test
    void redirectsAreFollowedToWhereTheDocumentIs() {
        world.names.with("www.example", "198.41.0.3");
        answers(_ -> response(302, "", "location", "https://www.example:8443/x?y=1"));
        world.wire.at(
                "198.41.0.3:8443",
                request ->
                        request.target().equals("/z")
                                ? response(200, "{\"m.server\":\"dg.example:1\"}")
                                : response(307, "", "Location", "/z"));

        assertThat(routes(HS).getFirst().hostHeader()).isEqualTo("dg.example:1");
        assertThat(world.wire.sent())
                .extracting(Object::toString)
                .containsExactly(
                        "198.41.0.1:443 hs.example/.well-known/matrix/server",
                        "198.41.0.3:8443 www.example:8443/x?y=1",
                        "198.41.0.3:8443 www.example:8443/z");
    }

    @Test
    void tenRedirectsAreFollowedAndNoMore() {
        answers(request -> redirectUpTo(10, request));
        assertThat(routes(HS).getFirst().hostHeader()).isEqualTo("dg.example:1");

        var other = new TransportWorld();
        other.names.with(HS, "198.41.0.1");
        other.wire.at(WELL_KNOWN, request -> redirectUpTo(11, request));
        var policy = new AddressPolicy(false);
        var routes =
                new ServerDiscovery(other.wire, other.names, policy, other.loop)
                        .routes(new ServerName(HS));
        assertThat(other.outcome(routes).getFirst().hostHeader()).isEqualTo(HS);
        assertThat(other.wire.sent()).hasSize(11);
    }

    private static WireResponse redirectUpTo(int times, WireRequest request) {
        var number = request.target().replaceAll("\\D", "");
        int done = number.isEmpty() ? 0 : Integer.parseInt(number);
        return done == times
                ? response(200, "{\"m.server\":\"dg.example:1\"}")
                : response(302, "", "Location", "/" + (done + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.example/", "nonsense://x", "https://10.0.0.1/", ""})
    void aRedirectThatMayNotBeFollowedIsNoDelegation(String location) {
        world.wire.at("10.0.0.1:443", _ -> response(200, "{\"m.server\":\"dg.example\"}"));
        answers(
                request ->
                        request.target().equals("/.well-known/matrix/server")
                                ? response(302, "", "Location", location)
                                : response(404, ""));

        assertThat(routes(HS)).extracting(Route::hostHeader).containsExactly(HS);
        assertThat(world.wire.sent())
                .allSatisfy(sent -> assertThat(sent.route().address()).isEqualTo("198.41.0.1"));
    }

    // What can't be reached.

    @Test
    void aNameThatNobodyKnowsIsUnreachable() {
        unreachable("gone.example");
        unreachable("gone.example:80");
    }

    @Test
    void aNameWithoutAnAddressIsUnreachable() {
        world.names.with("none.example");

        unreachable("none.example");
    }

    @Test
    void aPortThatCantBeIsUnreachable() {
        unreachable("hs.example:0");
        unreachable("hs.example:65536");
        unreachable("1.1.1.1:99999");
    }

    @Test
    void privateAddressesAreLeftOutAlsoWhereADelegationLeadsToThem() {
        world.names.with("mixed.example", "10.0.0.1", "198.41.0.9", "::1");
        world.names.with("inner.example", "192.168.0.1");
        delegates("inner.example");

        assertThat(routes("mixed.example:1"))
                .extracting(Route::address)
                .containsExactly("198.41.0.9");
        unreachable(HS);
        unreachable("127.0.0.1");
        unreachable("[::ffff:127.0.0.1]:8448");
    }

    // What is remembered.

    @ParameterizedTest
    @CsvSource({
        "'', 24h",
        "'public, max-age=7200', 2h",
        "'MAX-AGE=\"7200\"', 2h",
        "'max-age=99999999999', 48h",
        "'max-age=1', 5m",
        "no-store, 5m",
        "'max-age=soon', 24h",
    })
    void aDelegationIsBelievedForAsLongAsItSaysWithinBounds(String cacheControl, String time) {
        answers(_ -> response(200, "{\"m.server\":\"1.1.1.1\"}", "Cache-Control", cacheControl));
        var lifetime = Duration.parse("PT" + time);
        routes(HS);

        world.loop.advance(lifetime.minusSeconds(1));
        routes(HS);
        assertThat(world.wire.sent()).hasSize(1);

        world.loop.advance(Duration.ofSeconds(1));
        routes(HS);
        assertThat(world.wire.sent()).hasSize(2);
    }

    @Test
    void thatThereIsNoDelegationIsBelievedForAnHour() {
        answers(_ -> response(404, ""));
        routes(HS);

        world.loop.advance(Duration.ofMinutes(59));
        routes(HS);
        assertThat(world.wire.sent()).hasSize(1);

        world.loop.advance(Duration.ofMinutes(1));
        routes(HS);
        assertThat(world.wire.sent()).hasSize(2);
    }

    @Test
    void aHostThatDoesNotAnswerIsAskedLessAndLessOften() {
        for (long minutes : List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L)) {
            int before = world.wire.sent().size();
            routes(HS);
            assertThat(world.wire.sent()).hasSize(before + 1);

            world.loop.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            routes(HS);
            assertThat(world.wire.sent()).hasSize(before + 1);
            world.loop.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void aDelegationOutlivesItsHostForTwoDays() {
        delegates("1.1.1.1");
        routes(HS);
        answers(
                _ -> {
                    throw new RemoteFailure.TimedOut("silence");
                });

        world.loop.advance(Duration.ofHours(47));
        assertThat(routes(HS).getFirst().address()).isEqualTo("1.1.1.1");
        world.loop.advance(Duration.ofHours(2));
        assertThat(routes(HS).getFirst().address()).isEqualTo("198.41.0.1");
    }

    @Test
    void whoWantsTheSameAtTheSameTimeWaitsForOneAnswer() {
        delegates("1.1.1.1");
        var server = new ServerName(HS);
        var first = discovery.routes(server);
        var second = discovery.routes(server);

        assertThat(world.outcome(first)).isEqualTo(world.outcome(second));
        assertThat(world.wire.sent()).hasSize(1);
    }

    private void delegates(String server) {
        answers(_ -> response(200, "{\"m.server\":\"" + server + "\"}"));
    }

    private void answers(Function<WireRequest, WireResponse> answer) {
        world.wire.at(WELL_KNOWN, answer);
    }

    private List<Route> routes(String server) {
        return world.outcome(discovery.routes(new ServerName(server)));
    }

    private void unreachable(String server) {
        assertThat(world.failure(discovery.routes(new ServerName(server))))
                .isInstanceOf(RemoteFailure.Unreachable.class);
    }
}
