package org.stratafed.simulator.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.stratafed.api.layer.transport.endpoint.Backfill;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.GetEventAuth;
import org.stratafed.api.layer.transport.endpoint.GetMissingEvents;
import org.stratafed.api.layer.transport.endpoint.GetState;
import org.stratafed.api.layer.transport.endpoint.GetStateIds;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.WireHeader;
import org.stratafed.api.spi.WireRequest;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.network.EndlessBody;

/// Bytes that are too many, or mean nothing.
final class BadBodies {

    private static final int LEVELS_MANY = 10_000;
    private static final int LEVELS_TOO_MANY = 1_000_000;
    private static final Duration DRIP = Duration.ofSeconds(20);

    private static final List<Endpoint<?, ?>> ASKED =
            List.of(
                    GetMissingEvents.ENDPOINT,
                    GetStateIds.ENDPOINT,
                    GetState.ENDPOINT,
                    GetEvent.ENDPOINT,
                    GetEventAuth.ENDPOINT,
                    Backfill.ENDPOINT);

    private static final List<String> NO_ANSWERS =
            List.of(
                    "",
                    "{",
                    "[]",
                    "null",
                    "7",
                    "\u0000\u0000",
                    "{\"events\":7,\"pdus\":{},\"pdu_ids\":[7],\"auth_chain\":null}",
                    "{\"events\":[7,[]],\"pdus\":[null],\"auth_chain_ids\":{},\"auth_chain\":[[]]}",
                    "{\"events\":[{}],\"pdus\":[{}],\"pdu_ids\":[\"\"],\"auth_chain\":[{}]}",
                    "<html>It works!</html>");

    private BadBodies() {}

    static void garbled(Attack attack) {
        answer(attack, _ -> oneOf(attack));
        FalseAnswers.provoke(attack);
        ReadingBack.begin(attack);
    }

    private static WireResponse oneOf(Attack attack) {
        int next = attack.random().nextInt(NO_ANSWERS.size() + 1);
        if (next < NO_ANSWERS.size()) {
            return Answers.text(NO_ANSWERS.get(next));
        }
        return new WireResponse(
                200,
                List.of(new WireHeader("Content-Encoding", "gzip")),
                Answers.bytes(new byte[] {0x1f, (byte) 0x8b, 8, 0}).body());
    }

    static void endless(Attack attack) {
        answer(attack, _ -> new WireResponse(200, List.of(), EndlessBody.fast()));
        FalseAnswers.provoke(attack);
    }

    static void slow(Attack attack) {
        answer(attack, _ -> new WireResponse(200, List.of(), EndlessBody.dripping(DRIP)));
        FalseAnswers.provoke(attack);
    }

    private static void answer(Attack attack, Function<Answers.Asked, WireResponse> answer) {
        ASKED.forEach(endpoint -> attack.peer().answers().give(endpoint.path(), answer));
    }

    static void oversized(Attack attack) {
        var text = "x".repeat(70_000);
        GraphLies.pushUnread(attack, attack.sign(attack.message(text)));
        var small = attack.made(attack.message("one of too many")).json();
        var tooMany = new ArrayList<JsonObject>();
        for (int i = 0; i <= Transaction.PDUS_MAX; i++) {
            tooMany.add(small);
        }
        for (var victim : attack.victims()) {
            attack.sendInVain(
                    victim,
                    attack.transaction(victim, tooMany, List.of()),
                    tooMany.size() + " events");
            var request = attack.transaction(victim, List.of(small), List.of());
            var bytes = new byte[SendTransaction.ENDPOINT.requestBytesMax() + 1];
            Arrays.fill(bytes, (byte) ' ');
            System.arraycopy(request.body(), 0, bytes, 0, request.body().length);
            attack.sendInVain(victim, with(request, bytes), bytes.length + " bytes");
        }
    }

    /// An event as deep as is possible in its size is one as any other; everybody has to think so.
    static void deep(Attack attack) {
        JsonArray nested = JsonArray.empty();
        for (int i = 0; i < LEVELS_MANY; i++) {
            nested = JsonArray.of(List.of(nested));
        }
        var content = JsonObject.builder().put("body", "deep").put("levels", nested).build();
        attack.pushToAll(attack.made(attack.draft("m.room.message").content(content)));
        for (var victim : attack.victims()) {
            var bytes = "[".repeat(LEVELS_TOO_MANY).getBytes(UTF_8);
            var request = attack.transaction(victim, List.of(), List.of());
            attack.sendInVain(victim, with(request, bytes), "no end of brackets");
        }
    }

    /// Signed for what the last of the two says.
    static void duplicateKeys(Attack attack) {
        var event = attack.made(attack.message("said last"));
        for (var victim : attack.victims()) {
            var request = attack.transaction(victim, List.of(event.json()), List.of());
            var text = new String(request.body(), UTF_8);
            var twice =
                    text.replace(
                            "\"content\":{", "\"content\":{\"body\":\"said first\"},\"content\":{");
            attack.send(victim, with(request, twice.getBytes(UTF_8)), _ -> {});
        }
    }

    static void notUtf8(Attack attack) {
        var event = attack.made(attack.message("broken"));
        for (var victim : attack.victims()) {
            sendWith(attack, victim, event.json(), new byte[] {(byte) 0xff, (byte) 0xfe});
            sendWith(attack, victim, event.json(), new byte[] {(byte) 0xc0, (byte) 0xaf});
            sendWith(
                    attack,
                    victim,
                    event.json(),
                    new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        }
    }

    /// These bytes in the middle of the body's first string.
    private static void sendWith(Attack attack, SimServer victim, JsonObject event, byte[] broken) {
        var request = attack.transaction(victim, List.of(event), List.of());
        var body = request.body();
        int at = new String(body, UTF_8).indexOf("broken");
        var bytes = new byte[body.length + broken.length];
        System.arraycopy(body, 0, bytes, 0, at);
        System.arraycopy(broken, 0, bytes, at, broken.length);
        System.arraycopy(body, at, bytes, at + broken.length, body.length - at);
        attack.sendInVain(victim, with(request, bytes), "it is not UTF-8");
    }

    private static WireRequest with(WireRequest request, byte[] body) {
        return new WireRequest(request.method(), request.target(), request.headers(), body);
    }
}
