package org.stratafed.server.client.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixException;

class ClientRouterTest {

    private static final String V3 = "/_matrix/client/v3";

    private final ClientRouter router =
            new ClientRouter(
                    List.of(
                            endpoint("PUT", "/rooms/{roomId}/state/{eventType}"),
                            endpoint("PUT", "/rooms/{roomId}/state/{eventType}/{stateKey}"),
                            endpoint("GET", "/directory/room/{roomAlias}"),
                            endpoint("GET", "/register/available")));

    @Test
    void parametersAreDecodedExactlyOnce() {
        assertThat(parameters("GET", "/directory/room/%23a%2525b:x")).containsExactly("#a%25b:x");
        assertThat(parameters("GET", "/directory/room/%23a+b:x")).containsExactly("#a+b:x");
        assertThat(parameters("GET", "/directory/room/%23%C3%A9:x")).containsExactly("#é:x");
    }

    @Test
    void anEncodedSlashStaysInsideItsSegment() {
        assertThat(parameters("PUT", "/rooms/%21r%2Fs:x/state/a%2Fb/k%2Fl"))
                .containsExactly("!r/s:x", "a/b", "k/l");
    }

    @Test
    void dotsAndMatrixParametersAreKept() {
        assertThat(parameters("PUT", "/rooms/!r:x/state/t/..")).containsExactly("!r:x", "t", "..");
        assertThat(parameters("PUT", "/rooms/!r:x/state/t/a;b=1"))
                .containsExactly("!r:x", "t", "a;b=1");
    }

    @Test
    void anEmptyStateKeyMayHaveItsSlashOrNot() {
        assertThat(parameters("PUT", "/rooms/!r:x/state/m.room.name/"))
                .containsExactly("!r:x", "m.room.name", "");
        assertThat(parameters("PUT", "/rooms/!r:x/state/m.room.name"))
                .containsExactly("!r:x", "m.room.name");
    }

    @Test
    void olderPrefixesLeadToTheSameEndpoints() {
        var match = router.match("GET", "/_matrix/client/r0/directory/room/%23a:x");

        assertThat(match.endpoint().path().text()).isEqualTo(V3 + "/directory/room/{roomAlias}");
    }

    @Test
    void anUnknownPathIsNotFoundAndAnotherMethodNotAllowed() {
        assertThatThrownBy(() -> router.match("GET", V3 + "/nothing"))
                .isInstanceOfSatisfying(MatrixException.class, it -> status(it, 404));
        assertThatThrownBy(() -> router.match("POST", V3 + "/register/available"))
                .isInstanceOfSatisfying(MatrixException.class, it -> status(it, 405));
    }

    @Test
    void whatCannotBeDecodedIsNotFound() {
        assertThatThrownBy(() -> router.match("GET", V3 + "/directory/room/%ff"))
                .isInstanceOfSatisfying(MatrixException.class, it -> status(it, 404));
    }

    private static void status(MatrixException error, int status) {
        assertThat(error.code().errcode()).isEqualTo("M_UNRECOGNIZED");
        assertThat(error.status()).isEqualTo(status);
    }

    private List<String> parameters(String method, String path) {
        return router.match(method, V3 + path).parameters();
    }

    private static ClientEndpoint endpoint(String method, String path) {
        return ClientEndpoint.openV3(method, path, _ -> Uni.createFrom().item(ClientAnswer.EMPTY));
    }
}
