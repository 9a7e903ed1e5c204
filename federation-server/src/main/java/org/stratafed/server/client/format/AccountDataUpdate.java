package org.stratafed.server.client.format;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.server.client.account.AccountDataChanges;
import org.stratafed.server.client.account.AccountDatum;

/// What of the account data goes into one answer to a sync.
public record AccountDataUpdate(AccountDataChanges changes) {

    public JsonArray global() {
        return events(Optional.empty());
    }

    public JsonArray of(RoomId room) {
        return events(Optional.of(room));
    }

    /// The rooms some of it is of.
    public List<RoomId> rooms() {
        return changes.data().stream()
                .map(AccountDatum::room)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private JsonArray events(Optional<RoomId> room) {
        return JsonArray.of(
                changes.data().stream()
                        .filter(datum -> datum.room().equals(room))
                        .map(AccountDatum::event)
                        .toList());
    }
}
