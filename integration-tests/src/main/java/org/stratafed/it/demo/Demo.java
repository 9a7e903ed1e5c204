package org.stratafed.it.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.it.peer.FederationPeer;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.SynapseInstallation;
import org.stratafed.it.peer.SynapseServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// `./strata demo`: two real servers on loopback that federate, one of them killed meanwhile. With
/// `--peer synapse` the second one is a Synapse.
public final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALIAS = "demo";
    private static final String PASSWORD = "a throw-away password";
    private static final int WHILE_AWAY = 5;

    private final Story story = new Story();
    private final ThrowAwayCa ca;
    private final StrataServer first;
    private final SecondServer second;

    private Demo(Path directory, boolean synapse) {
        ca = ThrowAwayCa.in(directory.resolve("ca"));
        first = new StrataServer(directory.resolve("one"), ca);
        second =
                synapse
                        ? SecondServer.of(
                                new SynapseServer(
                                        directory.resolve("two"), ca, SynapseInstallation.get()))
                        : SecondServer.of(new StrataServer(directory.resolve("two"), ca));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var options = List.of(arguments);
        var synapse = options.contains("--peer") && options.contains("synapse");
        var keep = options.contains("--keep") || System.console() != null;
        if (synapse && SynapseInstallation.obstacle().isPresent()) {
            System.err.println("strata: " + SynapseInstallation.obstacle().get());
            System.exit(1);
        }
        var demo = new Demo(Files.createTempDirectory("strata-demo"), synapse);
        try {
            demo.tell();
            demo.goOnFromHere(keep);
        } finally {
            demo.first.close();
            demo.second.close();
        }
    }

    private void tell() {
        story.title("Two homeservers, one room");
        first.launch();
        second.launch();
        first.awaitReady();
        second.awaitReady();
        story.step("started " + first.name() + " and " + second.name() + ", over real TLS");

        var alice = first.client().register("alice", PASSWORD);
        var bob = second.register("bob", PASSWORD);
        story.step("registered " + alice.userId() + " and " + bob.userId());

        var room = alice.createPublicRoom(ALIAS, "12");
        story.step("alice made #" + ALIAS + ":" + first.name() + ", a room of version 12");
        bob.join("#" + ALIAS + ":" + first.name());
        story.step("bob joined it by its alias, over federation");

        alice.say(room, "Hello from the first server.");
        bob.say(room, "Hello from the second server.");
        var greetings = List.of("Hello from the first server.", "Hello from the second server.");
        bothSee(alice, bob, room, greetings);
        story.step("both said hello, and both saw both");

        killAndCatchUp(alice, bob, room, greetings);
        replay(alice, room);
        story.end();
    }

    private void killAndCatchUp(
            MatrixClient alice, MatrixClient bob, String room, List<String> greetings) {
        second.kill();
        story.step("kill -9 " + second.name());
        var expected = new ArrayList<>(greetings);
        for (int i = 1; i <= WHILE_AWAY; i++) {
            expected.add("While you were away, " + i);
            alice.say(room, expected.getLast());
        }
        story.step("alice went on talking: " + WHILE_AWAY + " messages nobody takes yet");
        second.launch();
        second.awaitReady();
        story.step("restarted " + second.name() + " with what was on its disk");
        bob.say(room, "I am back.");
        expected.add("I am back.");
        bob.until("all messages", PATIENCE, c -> c.messages(room).size() >= expected.size());
        alice.until("all messages", PATIENCE, c -> c.messages(room).size() >= expected.size());
        mustBe(alice, room, expected);
        mustBe(bob, room, expected);
        story.step("it caught up: all " + expected.size() + " messages once, on both sides");
    }

    /// The first server's last transaction's twin: the same id twice gets the same answer, byte for
    /// byte, and does nothing the second time.
    private void replay(MatrixClient alice, String room) {
        var other = FederationPeer.as(first.name(), signingKey(), ca);
        var eventId = alice.say(room, "Once.");
        var event = other.event(second.name(), eventId);
        for (int i = 0; event.isEmpty() && i < 100; i++) {
            alice.sync(Duration.ofMillis(50));
            event = other.event(second.name(), eventId);
        }
        var body =
                JsonObject.builder()
                        .put("origin", first.name())
                        .put("origin_server_ts", System.currentTimeMillis())
                        .put(
                                "pdus",
                                event.orElseThrow(() -> new AssertionError("not delivered"))
                                        .array("pdus")
                                        .orElse(JsonArray.empty()))
                        .build();
        var target = "/_matrix/federation/v1/send/demo-replay";
        var answer = other.send(second.name(), "PUT", target, body);
        var again = other.send(second.name(), "PUT", target, body);
        if (answer.status() != 200 || !answer.equals(again)) {
            throw new AssertionError("a replay was answered otherwise: " + answer + ", " + again);
        }
        story.step("replayed a transaction: the stored answer came back, " + again.body());
    }

    private Path signingKey() {
        return first.directory().resolve("data").resolve("signing.key");
    }

    private static void bothSee(
            MatrixClient alice, MatrixClient bob, String room, List<String> texts) {
        for (var user : List.of(alice, bob)) {
            user.until(
                    "both greetings", PATIENCE, client -> client.messages(room).containsAll(texts));
        }
    }

    /// Every message once; in the order they were said, as far as one server said them.
    private static void mustBe(MatrixClient user, String room, List<String> expected) {
        var sorted = user.messages(room).stream().sorted().toList();
        if (!sorted.equals(expected.stream().sorted().toList())) {
            throw new AssertionError(user.userId() + " saw " + user.messages(room));
        }
    }

    private void goOnFromHere(boolean keep) throws InterruptedException {
        var alice = first.client().login("alice", PASSWORD);
        System.out.println();
        System.out.println("  Go on from here:");
        System.out.println("    first server   " + first.clientUrl());
        System.out.println("    second server  " + second.clientUrl());
        System.out.println("    password       " + PASSWORD);
        System.out.println();
        System.out.println(
                "    curl -H 'Authorization: Bearer "
                        + alice.token()
                        + "' "
                        + first.clientUrl()
                        + "/_matrix/client/v3/sync");
        System.out.println();
        if (!keep) {
            System.out.println("  (stopped again; ./strata demo --keep leaves them running)");
            return;
        }
        System.out.println("  Both run until you press Ctrl-C.");
        new CountDownLatch(1).await();
    }
}
