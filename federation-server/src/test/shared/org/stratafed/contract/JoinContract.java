package org.stratafed.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.JoinStore;
import org.stratafed.api.spi.store.PendingJoin;

/// What every store does with joins that are under way.
public abstract class JoinContract extends StoreContract {

    private static final PendingJoin FIRST = join("$first", Optional.of(new RoomVersion("12")), 1);
    private static final PendingJoin SECOND = join("$second", Optional.empty(), 1);

    private static PendingJoin join(String event, Optional<RoomVersion> version, long startedTs) {
        return new PendingJoin(
                new EventId(event),
                new RoomId("!room:a.example"),
                new UserId("@me:local.example"),
                version,
                List.of(new ServerName("b.example"), new ServerName("a.example")),
                new RawPdu(JsonObject.builder().put("type", "m.room.member").build()),
                startedTs);
    }

    private JoinStore joins() {
        return under().stores().joins();
    }

    @Test
    void aJoinIsUnderWayFromItsBeginningToItsEndWhateverComesBetween() {
        await(joins().begin(SECOND));
        await(joins().begin(FIRST));
        restart();
        assertThat(await(joins().underWay())).containsExactly(SECOND, FIRST);
        await(joins().end(SECOND.event()));
        restart();
        assertThat(await(joins().underWay())).containsExactly(FIRST);
        await(joins().end(FIRST.event()));
        assertThat(await(joins().underWay())).isEmpty();
    }

    @Test
    void beginningAgainAndEndingAgainChangeNothing() {
        await(joins().begin(FIRST));
        await(joins().begin(join("$first", Optional.empty(), 9)));
        assertThat(await(joins().underWay())).containsExactly(FIRST);
        await(joins().end(FIRST.event()));
        await(joins().end(FIRST.event()));
        assertThat(await(joins().underWay())).isEmpty();
    }
}
