package org.stratafed.simulator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.simulator.loop.Lifetime;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.loop.VirtualTime;

/// What is left of writes when the server crashes at any step.
class CommitPipeTest {

    @Test
    void aCrashLosesNothingAcknowledgedAndMayKeepWhatWasNot() {
        var cases = new TreeSet<String>();
        for (long seed = 1; seed <= 300; seed++) {
            cases.add(crashAt((int) (seed % 12), new SimRandom(seed)));
        }

        assertThat(cases).contains("nothing", "kept, not acknowledged", "acknowledged");
    }

    /// Writes three values, crashes after some steps, and answers what became of the first one.
    private static String crashAt(int steps, SimRandom random) {
        var time = new VirtualTime(Trace.silent());
        var lifetime = new Lifetime(time);
        var pipe = new CommitPipe(new Disk(new ServerName("alpha")), lifetime, random);
        List<Integer> disk = new ArrayList<>();
        List<Integer> acknowledged = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            int value = i;
            pipe.write(() -> disk.add(value)).subscribe().with(_ -> acknowledged.add(value));
            if (i < steps) {
                time.step();
            }
        }
        for (int i = 0; i < steps; i++) {
            time.step();
        }
        lifetime.end();
        pipe.crash();
        var atCrash = List.copyOf(acknowledged);
        while (time.step()) {
            // Nothing of it may happen any more.
        }

        assertThat(acknowledged).isEqualTo(atCrash);
        assertThat(disk).isSorted();
        assertThat(disk.subList(0, acknowledged.size())).isEqualTo(acknowledged);
        if (disk.isEmpty()) {
            return "nothing";
        }
        return acknowledged.isEmpty() ? "kept, not acknowledged" : "acknowledged";
    }
}
