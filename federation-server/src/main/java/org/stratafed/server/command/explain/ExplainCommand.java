package org.stratafed.server.command.explain;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.model.json.MalformedJsonException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks a running server, over its admin API, why an event is what it is there, how a room is, or
/// what of another server's was dropped. The sentence comes first, then all that there is to it.
@Command(
        name = "explain",
        description = {
            "Asks a running server why it took or refused an event, or how a room is there.",
            "Takes the access token of an administrator's account; see docs/operating.md."
        })
public final class ExplainCommand implements Callable<Integer> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;

    @Parameters(
            arity = "1",
            paramLabel = "EVENT_ID|ROOM_ID|SERVER",
            description = "What to explain. Quote it: $ and ! mean something to a shell.")
    private String subject;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:STRATA_URL:-http://127.0.0.1:8008}",
            description = "Where the server's clients connect (STRATA_URL, or ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            required = true,
            defaultValue = "${env:STRATA_TOKEN}",
            description = "The administrator's access token (better in STRATA_TOKEN).")
    private String token;

    @Option(names = "--json", description = "Show the JSON only.")
    private boolean jsonOnly;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    private boolean help;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = ask();
        } catch (IllegalArgumentException e) {
            return fail(ExitCode.USAGE, url + " is not an address to connect to");
        } catch (IOException e) {
            return fail(
                    ExitCode.SOFTWARE,
                    "no answer from " + url + ": is the server running? (" + e + ")");
        }
        var body = json(response.body());
        if (body.isEmpty()) {
            return fail(
                    ExitCode.SOFTWARE,
                    url + " answered " + response.statusCode() + ", and not as Strata does");
        }
        if (response.statusCode() != OK) {
            return fail(
                    ExitCode.SOFTWARE,
                    body.get().string("error").orElse("the server refused")
                            + body.get().string("errcode").map(it -> " (" + it + ")").orElse(""));
        }
        show(body.get());
        return ExitCode.OK;
    }

    private HttpResponse<byte[]> ask() throws IOException, InterruptedException {
        var base = url.toString().replaceAll("/+$", "");
        var request =
                HttpRequest.newBuilder(URI.create(base + "/_strata/admin/v1/explain/" + question()))
                        .header("Authorization", "Bearer " + token)
                        .timeout(ANSWER_TIMEOUT)
                        .build();
        try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private String question() {
        var value = URLEncoder.encode(subject, StandardCharsets.UTF_8);
        return switch (subject.isEmpty() ? ' ' : subject.charAt(0)) {
            case '$' -> "event?event_id=" + value;
            case '!' -> "room?room_id=" + value;
            default -> "origin?server=" + value;
        };
    }

    private static Optional<JsonObject> json(byte[] body) {
        try {
            return Optional.of(JsonReader.readObject(body));
        } catch (MalformedJsonException _) {
            return Optional.empty();
        }
    }

    private void show(JsonObject answer) {
        var out = spec.commandLine().getOut();
        if (!jsonOnly) {
            answer.string("explanation").ifPresent(sentence -> out.println(sentence + "\n"));
        }
        out.println(JsonWriter.text(answer));
        out.flush();
    }

    private int fail(int code, String why) {
        var err = spec.commandLine().getErr();
        err.println("strata explain: " + why);
        err.flush();
        return code;
    }
}
