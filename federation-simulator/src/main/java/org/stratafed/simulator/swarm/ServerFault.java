package org.stratafed.simulator.swarm;

import java.time.Duration;
import java.util.function.Consumer;
import org.stratafed.simulator.host.SimServer;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.Words;
import org.stratafed.simulator.store.CommitMoment;

/// What can happen to a server. Each start is with nothing in memory.
public enum ServerFault implements Trouble {

    /// It crashes at any step.
    CRASH(whom -> whom.crashFor(10)),

    /// It crashes in the middle of a commit, which is on the disk then or isn't.
    CRASH_IN_COMMIT(whom -> whom.crashAt(CommitMoment.UNDER_WAY)),

    /// It crashes when a commit is durable and nobody has been told.
    CRASH_AFTER_COMMIT(whom -> whom.crashAt(CommitMoment.DURABLE)),

    /// It is away for longer than others are patient.
    OUTAGE(whom -> whom.crashFor(5_400)),

    /// It goes on with what it had some time ago.
    RESTORED_BACKUP(
            whom -> {
                whom.server().backUp();
                whom.afterwards(
                        60,
                        it -> {
                            if (it.isUp()) {
                                whom.stage().crash(it);
                            }
                            whom.stage().restoreBackup(it);
                            whom.afterwards(5, Whom::startIfDown);
                        });
            }),

    FULL_DISK(
            whom -> {
                whom.server().disk().setFull(true);
                whom.afterwards(30, it -> it.disk().setFull(false));
            }),

    SLOW_DISK(
            whom -> {
                whom.server().disk().setSlowness(200);
                whom.afterwards(30, it -> it.disk().setSlowness(1));
            }),

    /// Its clock is fast or slow by minutes.
    CLOCK_SKEW(
            whom -> {
                whom.server().setClockOffset(whom.offset(Duration.ofMinutes(10)));
                whom.afterwards(300, it -> it.setClockOffset(Duration.ZERO));
            }),

    /// Its clock jumps by hours, and back. By more than half a day, and nobody could prove what it
    /// sends: its published keys are not good for longer.
    CLOCK_JUMP(
            whom -> {
                whom.server().setClockOffset(whom.offset(Duration.ofHours(10)));
                whom.afterwards(30, it -> it.setClockOffset(Duration.ZERO));
            }),

    /// It is started with another key.
    KEY_ROTATION(
            whom -> {
                whom.server().rotateKey();
                whom.crashFor(3);
            });

    private final Consumer<Whom> begin;

    ServerFault(Consumer<Whom> begin) {
        this.begin = begin;
    }

    @Override
    public String title() {
        return "fault/" + Words.of(this);
    }

    @Override
    public boolean strike(Stage stage, SimRandom random) {
        var up = stage.simulation().servers().stream().filter(SimServer::isUp).toList();
        if (up.isEmpty()) {
            return false;
        }
        begin.accept(new Whom(this, stage, random, up.get(random.nextInt(up.size()))));
        return !isCountedLater();
    }

    /// Whether it counts itself, at the commit that it waits for: there may be none.
    private boolean isCountedLater() {
        return this == CRASH_IN_COMMIT || this == CRASH_AFTER_COMMIT;
    }

    /// Whom chance has it strike: a server that is up.
    private record Whom(ServerFault fault, Stage stage, SimRandom random, SimServer server) {

        Duration within(int seconds) {
            return Duration.ofNanos(random.nextLong(Duration.ofSeconds(seconds).toNanos()));
        }

        Duration offset(Duration max) {
            return Duration.ofNanos(random.nextLong(-max.toNanos(), max.toNanos()));
        }

        void afterwards(int secondsMax, Consumer<SimServer> then) {
            stage.later(within(secondsMax), () -> then.accept(server));
        }

        void crashFor(int secondsMax) {
            stage.crash(server);
            afterwards(secondsMax, Whom::startIfDown);
        }

        void crashAt(CommitMoment moment) {
            server.atCommit(
                    moment,
                    () -> {
                        stage.simulation().coverage().count(fault.title());
                        crashFor(10);
                    });
        }

        static void startIfDown(SimServer server) {
            if (!server.isUp()) {
                server.start();
            }
        }
    }
}
