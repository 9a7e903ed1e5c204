package org.stratafed.server.engine.pdu.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.server.engine.transaction.ManualLoop;

class RaceTest {

    private final ManualLoop loop = new ManualLoop();
    private final Map<String, UniEmitter<? super String>> asked = new LinkedHashMap<>();
    private final Map<String, UniEmitter<? super String>> entered = new LinkedHashMap<>();
    private final List<Object> outcomes = new ArrayList<>();

    private void race(String... servers) {
        var names = Stream.of(servers).map(ServerName::new).toList();
        new Candidates(new RoomId("!room:a"), names)
                .race(
                        loop,
                        server -> kept(asked, server.value()),
                        (server, template) -> kept(entered, server + " with " + template))
                .subscribe()
                .with(outcomes::add, outcomes::add);
    }

    private static Uni<String> kept(Map<String, UniEmitter<? super String>> where, String what) {
        return Uni.createFrom().emitter(emitter -> where.put(what, emitter));
    }

    @Test
    void eachServerHasAHeadStartOnTheNext() {
        race("a", "b", "c");
        assertThat(asked).containsOnlyKeys("a");
        loop.advance(Race.HEAD_START.minusMillis(1));
        assertThat(asked).containsOnlyKeys("a");
        loop.advance(Duration.ofMillis(1));
        assertThat(asked).containsOnlyKeys("a", "b");
        loop.advance(Race.HEAD_START);
        assertThat(asked).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void whoAnswersFirstIsEnteredThrough() {
        race("a", "b");
        loop.advance(Race.HEAD_START);
        asked.get("b").complete("template b");
        assertThat(entered).containsOnlyKeys("b with template b");
        asked.get("a").complete("template a");
        assertThat(entered).hasSize(1);
        entered.get("b with template b").complete("in");
        assertThat(outcomes).containsExactly("in");
        loop.advance(Duration.ofHours(1));
        assertThat(entered).hasSize(1);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void aQuickAnswerSparesTheOthersTheQuestion() {
        race("a", "b");
        asked.get("a").complete("template");
        loop.advance(Duration.ofMinutes(5));
        assertThat(asked).containsOnlyKeys("a");
        entered.get("a with template").complete("in");
        loop.advance(Duration.ofMinutes(5));
        assertThat(asked).containsOnlyKeys("a");
    }

    /// A second join while the first may still be taken would put two into the room.
    @Test
    void anotherIsEnteredThroughOnlyWhenTheFirstCameToNothing() {
        race("a", "b");
        loop.advance(Race.HEAD_START);
        asked.get("a").complete("template a");
        asked.get("b").complete("template b");
        loop.advance(Duration.ofMinutes(10));
        assertThat(entered).containsOnlyKeys("a with template a");
        entered.get("a with template a").fail(new RemoteFailure.TimedOut("silence"));
        assertThat(entered).containsOnlyKeys("a with template a", "b with template b");
        entered.get("b with template b").complete("in");
        assertThat(outcomes).containsExactly("in");
    }

    @Test
    void whoFailsMakesRoomForTheNextAtOnce() {
        race("a", "b", "c");
        asked.get("a").fail(new RemoteFailure.Unreachable("away"));
        assertThat(asked).containsOnlyKeys("a", "b");
        asked.get("b").complete("template");
        entered.get("b with template").fail(refused("M_FORBIDDEN"));
        assertThat(asked).containsOnlyKeys("a", "b", "c");
        asked.get("c").complete("template");
        entered.get("c with template").complete("in");
        assertThat(outcomes).containsExactly("in");
    }

    @Test
    void onlySoManyAreAskedAtOneTime() {
        race("a", "b", "c", "d", "e");
        loop.advance(Duration.ofHours(1));
        assertThat(asked).hasSize(Race.AT_ONCE_MAX);
        asked.get("b").fail(new RemoteFailure.TimedOut("silence"));
        assertThat(asked).containsOnlyKeys("a", "b", "c", "d");
    }

    @Test
    void ofAllFailuresTheOneThatTellsMostIsTold() {
        race("a", "b", "c");
        loop.advance(Duration.ofHours(1));
        asked.get("c").fail(new RemoteFailure.Unreachable("away"));
        asked.get("a").fail(refused("M_FORBIDDEN"));
        assertThat(outcomes).isEmpty();
        asked.get("b").fail(new RemoteFailure.TimedOut("silence"));
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        told -> assertThat(told.code().errcode()).isEqualTo("M_FORBIDDEN"));
    }

    @Test
    void aDefectEndsItAtOnce() {
        race("a", "b");
        var defect = new IllegalStateException("a defect");
        asked.get("a").fail(defect);
        assertThat(outcomes).containsExactly(defect);
        loop.advance(Duration.ofHours(1));
        assertThat(asked).containsOnlyKeys("a");
    }

    @Test
    void whereNobodyIsKnownNobodyIsAsked() {
        race();
        assertThat(outcomes).singleElement().isInstanceOf(MatrixException.class);
    }

    private static RemoteFailure refused(String errcode) {
        return new RemoteFailure.Refused(403, Optional.of(errcode), "no", OptionalLong.empty());
    }
}
