package org.stratafed.server.client.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

class FilterReaderTest {

    @Test
    void anEmptyFilterLetsEverythingPass() {
        assertThat(FilterReader.sync(JsonObject.empty())).isEqualTo(SyncFilter.ALL);
        assertThat(FilterReader.events(Optional.empty())).isEqualTo(EventFilter.ALL);
    }

    @Test
    void everythingOfAFilterIsRead() {
        SyncFilter filter =
                FilterReader.sync(
                        FilterReader.parse(
                                """
                                {"event_fields": ["type"], "room": {
                                  "rooms": ["!a:x"], "not_rooms": ["!b:x"], "include_leave": true,
                                  "timeline": {"limit": 5, "types": ["m.room.*"],
                                    "not_types": ["m.sticker"], "senders": ["@a:x"],
                                    "not_senders": ["@b:x"], "contains_url": false},
                                  "state": {"lazy_load_members": true}}}
                                """));

        assertThat(filter.rooms().orElseThrow()).containsExactly(new RoomId("!a:x"));
        assertThat(filter.notRooms()).containsExactly(new RoomId("!b:x"));
        assertThat(filter.includeLeave()).isTrue();
        assertThat(filter.timeline().limit()).isEqualTo(5);
        assertThat(filter.timeline().types().orElseThrow()).containsExactly("m.room.*");
        assertThat(filter.timeline().notTypes()).containsExactly("m.sticker");
        assertThat(filter.timeline().senders().orElseThrow()).containsExactly(new UserId("@a:x"));
        assertThat(filter.timeline().notSenders()).containsExactly(new UserId("@b:x"));
        assertThat(filter.timeline().containsUrl()).contains(false);
        assertThat(filter.state().lazyLoadMembers()).isTrue();
    }

    @Test
    void limitsAreKeptWithinBounds() {
        assertThat(limit("1000000")).isEqualTo(EventFilter.LIMIT_MAX);
        assertThat(limit("0")).isEqualTo(1);
    }

    @Test
    void theWrongShapeIsBadJsonAndNoJsonIsNotJson() {
        assertCode("{\"room\": 1}", MatrixErrorCode.BAD_JSON);
        assertCode("{\"room\": {\"timeline\": {\"types\": [1]}}}", MatrixErrorCode.BAD_JSON);
        assertCode("{\"room\": {\"timeline\": {\"limit\": -1}}}", MatrixErrorCode.BAD_JSON);
        assertCode("{\"room\"", MatrixErrorCode.NOT_JSON);
        assertCode("[]", MatrixErrorCode.BAD_JSON);
    }

    private static int limit(String limit) {
        return FilterReader.events(Optional.of("{\"limit\": " + limit + "}")).limit();
    }

    private static void assertCode(String filter, MatrixErrorCode code) {
        assertThatThrownBy(() -> FilterReader.sync(FilterReader.parse(filter)))
                .isInstanceOfSatisfying(
                        MatrixException.class, it -> assertThat(it.code()).isEqualTo(code));
    }
}
