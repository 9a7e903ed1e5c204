package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.event.RawPdu;

/// A server that forks the room endlessly leaves few forward extremities, and little state.
class ManyForksTest {

    private static final int FORKS = 1_000;
    private static final int EXTREMITIES_MAX = 20;

    @TempDir private Path directory;

    private Street street;
    private Neighbour alpha;
    private Neighbour beta;

    @BeforeEach
    void open() {
        street = new Street(directory, "12");
        alpha = street.moveIn("alpha");
        beta = street.moveIn("beta");
        street.create(alpha);
        street.join(beta, alpha);
        beta.push(alpha);
        alpha.push(beta);
    }

    @AfterEach
    void close() {
        street.close();
    }

    @Test
    void aThousandForksOfMessagesLeaveFewExtremitiesAndOpenNoLineOfState() {
        var fork = street.tips(alpha).getFirst();
        int lines = nextLine();
        for (int sent = 0; sent < FORKS; sent += 50) {
            var batch = new ArrayList<RawPdu>();
            for (int i = sent; i < sent + 50; i++) {
                batch.add(street.said(alpha, "fork " + i, fork));
            }
            assertThat(take(batch)).hasOnlyElementsOfType(PduOutcome.Accepted.class);
            assertThat(street.tips(beta)).hasSizeLessThanOrEqualTo(EXTREMITIES_MAX);
        }
        assertThat(nextLine()).isEqualTo(lines);
        var merged = street.say(beta, "merged");
        assertThat(street.tips(beta)).containsExactly(merged);
    }

    private int nextLine() {
        return beta.get(() -> beta.stores().rooms().snapshot(street.room)).orElseThrow().nextLine();
    }

    private List<PduOutcome> take(List<RawPdu> batch) {
        return List.copyOf(
                beta.get(() -> beta.pdu.onPdus(alpha.name, street.room, batch)).values());
    }
}
