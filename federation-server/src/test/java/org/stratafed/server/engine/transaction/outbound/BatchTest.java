package org.stratafed.server.engine.transaction.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.PendingPdu;

class BatchTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ServerName ORIGIN = new ServerName("alpha");

    @Test
    void aBatchIsTheOldestFiftyOfWhatIsPendingAndSaysThatThereMayBeMore() {
        var batch = Batch.of(new TransactionId("t"), NOW, pending(1, 60));
        assertThat(batch.contents()).isEqualTo(pending(1, 50));
        assertThat(batch.sealed().after()).isZero();
        assertThat(batch.sealed().end()).isEqualTo(50);
        assertThat(batch.isLast()).isFalse();
    }

    @Test
    void aBatchThatIsNotFullIsTheLast() {
        var batch = Batch.of(new TransactionId("t"), NOW, pending(7, 49));
        assertThat(batch.isLast()).isTrue();
        assertThat(batch.sealed().after()).isEqualTo(6);
    }

    @Test
    void aBatchIsTheSameBytesWhenItIsResumed() {
        var batch = Batch.of(new TransactionId("t"), NOW, pending(1, 3));
        var resumed = Batch.resumed(batch.sealed(), pending(1, 3));
        assertThat(bytes(resumed)).isEqualTo(bytes(batch));
        assertThat(resumed.isLast()).isFalse();
    }

    @Test
    void noTransactionIdComesTwiceEvenWhenTimeStandsStillOrChanceRepeatsLater() {
        var ids = new TreeSet<TransactionId>();
        for (long ms = 0; ms < 3; ms++) {
            var at = Instant.ofEpochMilli(1_700_000_000_000L + ms);
            var source = new TransactionIds(InstantSource.fixed(at), new SplittableRandom(1));
            for (int i = 0; i < 1_000; i++) {
                ids.add(source.next());
            }
        }
        assertThat(ids).hasSize(3_000);
    }

    private static String bytes(Batch batch) {
        var parts = SendTransaction.ENDPOINT.question().encode(batch.transaction(ORIGIN));
        return parts.path() + " " + parts.body().orElseThrow();
    }

    private static List<PendingPdu> pending(int from, int count) {
        var pending = new ArrayList<PendingPdu>();
        for (int i = from; i < from + count; i++) {
            pending.add(
                    new PendingPdu(
                            i,
                            new RoomId("!room:alpha"),
                            new EventId("$" + i),
                            new RawPdu(JsonObject.builder().put("number", i).build())));
        }
        return pending;
    }
}
