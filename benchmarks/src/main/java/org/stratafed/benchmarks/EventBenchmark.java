package org.stratafed.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.pdu.auth.AuthVerdict;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// What each received event costs before its room is looked at, and to be authorised.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EventBenchmark {

    private final ReceivedEvent event = new ReceivedEvent();
    private final PowerChange powerChange = new PowerChange();

    /// The limit: whoever checks an event has to do at least that.
    @Benchmark
    public boolean verifySignatureAlone() {
        return event.verify();
    }

    @Benchmark
    public JsonObject parse() {
        return event.parse();
    }

    @Benchmark
    public Pdu parseAndHash() {
        return event.read();
    }

    @Benchmark
    public ReceivedPdu parseHashAndVerify() {
        return event.check();
    }

    @Benchmark
    public AuthVerdict authorisePowerLevels() {
        return powerChange.check();
    }
}
