package org.stratafed.server.engine.pdu.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.server.engine.pdu.room.Promise;

/// One fetch at a time for each missing event, however many need it.
class FetchesTest {

    private static final RoomId ROOM = new RoomId("!room:alpha");
    private static final RoomId OTHER = new RoomId("!other:alpha");

    private final Fetches fetches = new Fetches();
    private final List<String> begun = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Map<String, Promise<String>> answers = new LinkedHashMap<>();

    private void fetch(String name, RoomId room, String... events) {
        fetches.alone(room, ids(events), () -> begin(name))
                .subscribe()
                .with(ended::add, failure -> ended.add(failure.getMessage()));
    }

    private Uni<String> begin(String name) {
        begun.add(name);
        return answers.computeIfAbsent(name, _ -> new Promise<>()).uni();
    }

    private static List<EventId> ids(String... events) {
        return Arrays.stream(events).map(EventId::new).toList();
    }

    @Test
    void whatIsFetchedAlreadyIsWaitedFor() {
        fetch("first", ROOM, "$a", "$b");
        fetch("second", ROOM, "$b", "$c");
        assertThat(begun).containsExactly("first");
        answers.get("first").complete("first");
        assertThat(begun).containsExactly("first", "second");
        answers.get("second").complete("second");
        assertThat(ended).containsExactly("first", "second");
        assertThat(fetches.underWay(ROOM)).isEmpty();
    }

    @Test
    void whatHasNothingInCommonGoesOnBesideIt() {
        fetch("first", ROOM, "$a");
        fetch("second", ROOM, "$b");
        fetch("third", OTHER, "$a");
        assertThat(begun).containsExactly("first", "second", "third");
        assertThat(fetches.underWay(ROOM)).containsExactlyElementsOf(ids("$a", "$b"));
    }

    @Test
    void ofSeveralThatWaitOneIsNext() {
        fetch("first", ROOM, "$a");
        fetch("second", ROOM, "$a");
        fetch("third", ROOM, "$a");
        answers.get("first").complete("first");
        assertThat(begun).containsExactly("first", "second");
        answers.get("second").complete("second");
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void aFetchThatFailsFailsOnlyItself() {
        fetch("first", ROOM, "$a");
        fetch("second", ROOM, "$a");
        answers.get("first").fail(new IllegalStateException("lost"));
        answers.get("second").complete("second");
        assertThat(ended).containsExactly("lost", "second");
    }

    @Test
    void aFetchThatCannotBeginHoldsNothing() {
        fetches.<String>alone(
                        ROOM,
                        ids("$a"),
                        () -> {
                            throw new IllegalStateException("no");
                        })
                .subscribe()
                .with(ended::add, failure -> ended.add(failure.getMessage()));
        fetch("second", ROOM, "$a");
        assertThat(ended).containsExactly("no");
        assertThat(begun).containsExactly("second");
    }

    /// Whoever waits for one of several holds none of the others meanwhile.
    @Test
    void nobodyWaitsInACircle() {
        fetch("first", ROOM, "$a");
        fetch("second", ROOM, "$b", "$a");
        fetch("third", ROOM, "$b");
        assertThat(begun).containsExactly("first", "third");
        answers.get("third").complete("third");
        assertThat(begun).containsExactly("first", "third");
        answers.get("first").complete("first");
        assertThat(begun).containsExactly("first", "third", "second");
    }
}
