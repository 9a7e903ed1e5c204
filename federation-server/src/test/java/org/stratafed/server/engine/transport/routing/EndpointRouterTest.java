package org.stratafed.server.engine.transport.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.Endpoints;
import org.stratafed.api.layer.transport.endpoint.GetStateIds;
import org.stratafed.api.layer.transport.endpoint.RequestParts;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.WireRequest;

class EndpointRouterTest {

    private static final String STATE = "/_matrix/federation/v1/state_ids/";

    private final EndpointRouter router = new EndpointRouter();

    @Test
    void everyEndpointIsFoundWhereItIsSaidToBe() {
        for (Endpoint<?, ?> endpoint : Endpoints.all()) {
            var path = endpoint.path().toString().replaceAll("\\{.*?\\}", "a%2Fb");
            assertThat(found(route(endpoint.method(), path)).endpoint()).isSameAs(endpoint);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%21r%3Ax?event_id=%24e, !r:x, $e",
        "!r:x?event_id=$e, !r:x, $e",
        "!r:x?other=1&event_id=$a%2Bb%2Fc, !r:x, $a+b/c",
        "!r:x?event_id=$a+b, !r:x, $a b",
        "!r:x?event_id=$a%20b, !r:x, $a b",
        "!r:x?&event_id=$a=b&, !r:x, $a=b",
        "!r%2Fs:x?event_id=$a&event_id=$b, !r/s:x, $a",
        "!r:x?event_id=$a?b, !r:x, $a?b",
    })
    void aQuestionIsReadFromTheRawTarget(String target, String room, String event) {
        assertThat(found(route("GET", STATE + target)).question(Optional.empty()))
                .isEqualTo(new EventInRoom(new RoomId(room), new EventId(event)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!r:x?event_id=%zz", "!r:x?%FF=1", "!r:x?a=%"})
    void aQueryThatCantBeDecodedIsRefused(String target) {
        nowhere(400, route("GET", STATE + target));
    }

    @Test
    void aQueryWithTooManyParametersIsRefused() {
        nowhere(400, route("GET", STATE + "!r:x?" + "a=1&".repeat(1001)));
        assertThat(found(route("GET", STATE + "!r:x?" + "a=1&".repeat(1000))).query())
                .hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/federation/v1/state_ids",
                "/_matrix/federation/v1/state_ids/!r:x/",
                "/_matrix/federation/v1//state_ids/!r:x",
                "//_matrix/federation/v1/state_ids/!r:x",
                "/_matrix/federation/v1/state_ids/a/b",
                "/_matrix/federation/v2/state_ids/!r:x",
                "/_matrix/federation/v1/state_ids%2F!r:x",
                "/_matrix/federation/v1/state_ids/%zz",
                "_matrix/federation/v1/version",
                "http://alpha/_matrix/federation/v1/version",
                "*",
            })
    void aPathThatIsNotQuiteAnEndpointsLeadsNowhere(String target) {
        nowhere(404, route("GET", target));
    }

    @Test
    void anotherMethodLeadsNowhereButIsToldApart() {
        nowhere(405, route("POST", STATE + "!r:x?event_id=$e"));
        nowhere(405, route("get", STATE + "!r:x?event_id=$e"));
        nowhere(405, route("DELETE", "/_matrix/federation/v1/version"));
        nowhere(405, route("PUT", "/_matrix/key/v2/server/"));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var parts =
                new RequestParts(
                        List.of("!r/+ é?#:x"),
                        List.of(
                                new QueryParameter("a&b", "c=d+e f%"),
                                new QueryParameter("a&b", ""),
                                new QueryParameter("é", "?#/")),
                        Optional.empty());

        var target = RequestTarget.of(GetStateIds.ENDPOINT, parts).toString();

        assertThat(target).matches("[A-Za-z0-9%/?&=_.~-]*");
        assertThat(route("GET", target))
                .isEqualTo(
                        new Routing.ToEndpoint<>(
                                GetStateIds.ENDPOINT, parts.path(), parts.query()));
    }

    private Routing route(String method, String target) {
        return router.route(new WireRequest(method, target, List.of(), WireRequest.NO_BODY));
    }

    private static Routing.ToEndpoint<?, ?> found(Routing routing) {
        if (routing instanceof Routing.ToEndpoint<?, ?> to) {
            return to;
        }
        throw new AssertionError("not to an endpoint: " + routing);
    }

    private static void nowhere(int status, Routing routing) {
        assertThat(routing)
                .isInstanceOfSatisfying(
                        Routing.Nowhere.class,
                        it -> assertThat(it.why().status()).isEqualTo(status));
    }
}
