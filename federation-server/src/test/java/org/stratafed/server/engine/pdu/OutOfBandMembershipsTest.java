package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.EventKind;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.store.StoredEvent;

/// Memberships of our users that were recorded beside a room that nobody here was in: the room is
/// joined, and then they are events of it like others.
class OutOfBandMembershipsTest extends HandshakeStage {

    @BeforeEach
    void register() {
        beta.get(() -> beta.stores().directory().addUser(BOB));
    }

    @Test
    void anInviteIsPartOfTheHistoryOnceItsRoomIsJoined() {
        create("12", "invite");
        var invite = invite(BOB);
        assertThat(stored(invite).kind()).as("without a place").isEqualTo(EventKind.OUTLIER);

        beta.get(this::joining);
        assertThat(stored(invite).kind()).as("of the state before").isEqualTo(EventKind.OUTLIER);
        readBack();

        placedOnce(invite);
        assertThat(membership(BOB).membership()).isEqualTo("join");
    }

    @Test
    void aKnockAndWhatItLedToArePartOfTheHistory() {
        create("12", "knock");
        var knock =
                beta.get(() -> beta.pdu.knock(room, BOB, List.of(alpha.name), JsonObject.empty()));
        var invite = invite(BOB);
        assertThat(stored(knock).kind()).isEqualTo(EventKind.OUTLIER);

        beta.get(this::joining);
        readBack();

        placedOnce(knock);
        placedOnce(invite);
    }

    /// The invite was withdrawn, which beta believed the server that it came from, and is made
    /// again.
    @Test
    void whatEndedAnInviteIsPartOfTheHistory() {
        create("12", "invite");
        var first = invite(BOB);
        var withdrawn = member(ALICE, BOB, "leave");
        var leave = alpha.get(() -> alpha.pdu.submit(withdrawn, Optional.empty()));
        alpha.push(beta);
        assertThat(membership(BOB).membership()).isEqualTo("leave");
        var second = invite(BOB);

        beta.get(this::joining);
        readBack();

        placedOnce(first);
        placedOnce(leave);
        placedOnce(second);
    }

    /// Betty is in the room, so an invite of Bob comes as an event like others as well: it is live,
    /// and the only one of it.
    @Test
    void anInviteToARoomThatIsHeldIsOneEventHoweverOftenItComes() {
        create("12", "public");
        beta.get(() -> beta.pdu.join(room, BETTY, List.of(alpha.name), JsonObject.empty()));
        alpha.push(beta);
        var invite = invite(BOB);
        alpha.push(beta);

        placed(invite, EventKind.LIVE);
        assertThat(membership(BOB).membership()).isEqualTo("invite");
    }

    /// All there is at beta, as its users page through it.
    private void readBack() {
        for (int i = 0; i < 20; i++) {
            beta.get(() -> beta.pdu.backfill(room, 10));
        }
    }

    private void placedOnce(EventId event) {
        placed(event, EventKind.HISTORICAL);
    }

    private void placed(EventId event, EventKind kind) {
        assertThat(stored(event).kind()).isEqualTo(kind);
        assertThat(stored(event).status()).isEqualTo(EventStatus.ACCEPTED);
        var page = beta.get(() -> beta.stores().timeline().page(room, Long.MAX_VALUE, true, 100));
        assertThat(page.stream().map(it -> it.pdu().id()).filter(event::equals)).hasSize(1);
        var theirs =
                alpha.get(() -> alpha.stores().rooms().events(room, List.of(event))).get(event);
        assertThat(stored(event).status()).isEqualTo(theirs.status());
    }

    private StoredEvent stored(EventId event) {
        return beta.get(() -> beta.stores().rooms().events(room, List.of(event))).get(event);
    }
}
