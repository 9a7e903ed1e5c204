package org.stratafed.it;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.it.Meeting.Software;
import org.stratafed.it.peer.MatrixClient;
import org.stratafed.it.peer.NetworkLink;
import org.stratafed.it.peer.StrataServer;
import org.stratafed.it.peer.ThrowAwayCa;

/// What people of two packaged servers do together, in rooms of every version, ends in the same
/// state on both.
class StrataInteropIT {

    @TempDir private static Path directory;

    private static ThrowAwayCa ca;
    private static NetworkLink toOne;
    private static NetworkLink toTwo;
    private static StrataServer one;
    private static StrataServer two;

    @BeforeAll
    static void start() {
        ca = ThrowAwayCa.in(directory.resolve("ca"));
        // Server ACLs don't look at ports.
        toOne = new NetworkLink("localhost");
        toTwo = new NetworkLink("127.0.0.1");
        one = new StrataServer(directory.resolve("one"), ca, toOne).launch();
        two = new StrataServer(directory.resolve("two"), ca, toTwo).launch();
        one.awaitReady();
        two.awaitReady();
    }

    @AfterAll
    static void stop() {
        toOne.close();
        toTwo.close();
        one.close();
        two.close();
    }

    @TestFactory
    Stream<DynamicNode> bothServersAgreeOnWhatPeopleDoTogether() throws InterruptedException {
        try (var meetings = new Meetings(toOne, toTwo)) {
            return Meetings.tests(
                    meetings.hold(RoomVersionRules.supported(), StrataInteropIT::meeting));
        }
    }

    private static Meeting meeting(RoomVersion version) {
        return new Meeting(
                Software.STRATA,
                Software.STRATA,
                RoomVersionRules.of(version).orElseThrow(),
                user(one, "ann-" + version),
                user(one, "amy-" + version),
                user(two, "ben-" + version),
                user(two, "bea-" + version),
                two.envoy(ca));
    }

    private static MatrixClient user(StrataServer server, String name) {
        return server.client().register(name, "secret of " + name);
    }
}
