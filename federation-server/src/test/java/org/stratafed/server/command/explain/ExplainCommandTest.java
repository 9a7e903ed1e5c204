package org.stratafed.server.command.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What `explain` asks a server, and what it shows of the answer.
class ExplainCommandTest {

    private static final String ANSWER = "{\"explanation\":\"It was rejected.\",\"depth\":6}";

    private final List<String> asked = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;
    private int status = 200;
    private String answer = ANSWER;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.add(
                            exchange.getRequestURI().toString()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Authorization"));
                    var body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int explain(String... arguments) {
        return new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void theSentenceComesFirst() {
        assertThat(explain("$a/b:c", "--url", url() + "/", "--token", "secret")).isZero();
        assertThat(asked)
                .containsExactly(
                        "/_strata/admin/v1/explain/event?event_id=%24a%2Fb%3Ac Bearer secret");
        assertThat(out.toString()).startsWith("It was rejected.\n").contains("\"depth\":6");
    }

    @Test
    void roomsAndServersAreAskedAboutByTheirNames() {
        explain("!room:a", "--url", url(), "--token", "secret");
        explain("example.org:8448", "--url", url(), "--token", "secret");
        assertThat(asked)
                .containsExactly(
                        "/_strata/admin/v1/explain/room?room_id=%21room%3Aa Bearer secret",
                        "/_strata/admin/v1/explain/origin?server=example.org%3A8448 Bearer secret");
    }

    @Test
    void theJsonAloneIsForOtherPrograms() {
        explain("$a", "--json", "--url", url(), "--token", "secret");
        assertThat(out.toString().strip()).isEqualTo(ANSWER);
    }

    @Test
    void whatTheServerRefusesIsToldInItsWords() {
        status = 403;
        answer = "{\"errcode\":\"M_FORBIDDEN\",\"error\":\"This takes an administrator\"}";
        assertThat(explain("$a", "--url", url(), "--token", "secret")).isNotZero();
        assertThat(err.toString()).contains("This takes an administrator (M_FORBIDDEN)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anotherServersPageIsNoAnswer() {
        answer = "<html>";
        assertThat(explain("$a", "--url", url(), "--token", "secret")).isNotZero();
        assertThat(err.toString()).contains("not as Strata does");
    }

    @Test
    void aServerThatDoesNotRunIsNamed() {
        var url = url();
        server.stop(0);
        assertThat(explain("$a", "--url", url, "--token", "secret")).isNotZero();
        assertThat(err.toString()).contains("no answer from " + url);
    }
}
