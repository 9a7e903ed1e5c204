package org.stratafed.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.stratafed.it.peer.NetworkLink;

/// All that people of two servers do together, a few meetings at a time, and how it ended.
final class Meetings implements AutoCloseable {

    private static final int AT_ONCE = 4;

    /// With commas between; all unless it is set.
    private static final String DEEDS = System.getProperty("strata.interop.deeds", "");

    private final List<NetworkLink> links;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

    /// @param links the ways between the two servers
    Meetings(NetworkLink... links) {
        this.links = List.of(links);
    }

    /// Does every deed in every meeting.
    ///
    /// @param places what each meeting is made of
    <T> List<Outcome> hold(List<T> places, Function<T, Meeting> making)
            throws InterruptedException {
        var meetings = each(places, making);
        var outcomes = new ArrayList<Outcome>();
        each(meetings, Meetings::deeds).forEach(outcomes::addAll);
        if (isWanted(Deed.SPLIT)) {
            outcomes.addAll(split(meetings));
        }
        return outcomes;
    }

    private static boolean isWanted(String deed) {
        return DEEDS.isEmpty() || Arrays.asList(DEEDS.split(",")).contains(deed);
    }

    /// Each outcome as a test.
    static Stream<DynamicNode> tests(List<Outcome> outcomes) {
        return outcomes.stream().map(Meetings::test);
    }

    private static DynamicNode test(Outcome outcome) {
        return DynamicTest.dynamicTest(
                "%s in rooms of version %s of %s"
                        .formatted(outcome.deed(), outcome.version(), outcome.home()),
                outcome::report);
    }

    private static List<Outcome> deeds(Meeting meeting) {
        var outcomes =
                Deed.ALL.stream()
                        .filter(deed -> isWanted(deed.name()))
                        .filter(deed -> deed.possible().test(meeting))
                        .map(
                                deed ->
                                        meeting.outcome(
                                                deed.name(), () -> deed.doing().accept(meeting)))
                        .toList();
        say(meeting, outcomes);
        return outcomes;
    }

    /// The front door shows such lines as they come.
    private static void say(Meeting meeting, List<Outcome> outcomes) {
        long failed = outcomes.stream().filter(it -> it.failure().isPresent()).count();
        var each =
                outcomes.stream()
                        .map(it -> it.deed() + " " + it.took().toMillis() + " ms")
                        .collect(Collectors.joining(", "));
        System.out.printf(
                "interop: version %s in rooms of %s: %d deeds, %d failed (%s)%n",
                meeting.rules().version(), meeting.home(), outcomes.size(), failed, each);
    }

    /// All rooms at once, since it is one network.
    private List<Outcome> split(List<Meeting> meetings) throws InterruptedException {
        var before = each(meetings, it -> InSplit.of(it, new Split(it)));
        links.forEach(NetworkLink::cut);
        var alone = each(before, it -> it.then(Split::act));
        links.forEach(NetworkLink::mend);
        return each(alone, it -> it.then(Split::heal).outcome());
    }

    /// A meeting on its way through the split.
    private record InSplit(Split split, Outcome outcome) {

        static InSplit of(Meeting meeting, Split split) {
            return new InSplit(split, meeting.outcome(Deed.SPLIT, split::prepare));
        }

        InSplit then(Consumer<Split> stage) {
            return new InSplit(split, outcome.then(() -> stage.accept(split)));
        }
    }

    private <T, R> List<R> each(List<T> things, Function<T, R> doing) throws InterruptedException {
        var results = new ArrayList<R>();
        var tasks = things.stream().<Callable<R>>map(it -> () -> doing.apply(it)).toList();
        for (var future : threads.invokeAll(tasks)) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
        return results;
    }

    @Override
    public void close() {
        threads.close();
    }
}
