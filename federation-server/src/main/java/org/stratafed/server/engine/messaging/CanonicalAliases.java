package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.messaging.call.InBatches;
import org.stratafed.server.engine.messaging.reading.RoomAccess;

/// The aliases a room says it goes by: those that a user adds must lead to it.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#mroomcanonical_alias">
///     `m.room.canonical_alias`</a>
final class CanonicalAliases {

    static final int ALIASES_MAX = 100;
    private static final int AT_ONCE_MAX = 10;

    private final LocalDirectory directory;
    private final RoomAccess access;

    CanonicalAliases(LocalDirectory directory, RoomAccess access) {
        this.directory = directory;
        this.access = access;
    }

    /// Fails with `M_BAD_ALIAS` if one of the aliases is new and leads elsewhere.
    Uni<Void> check(RoomId room, JsonObject content) {
        var wanted = aliases(content);
        if (wanted.size() > ALIASES_MAX) {
            throw MatrixException.invalidParam("more aliases than " + ALIASES_MAX);
        }
        return access.currentEvent(room, "m.room.canonical_alias", "")
                .map(event -> event.map(it -> aliases(it.content())).orElse(List.of()))
                .map(old -> wanted.stream().filter(it -> !old.contains(it)).toList())
                .chain(added -> InBatches.of(added, AT_ONCE_MAX, it -> mustLead(it, room)))
                .replaceWithVoid();
    }

    private Uni<Boolean> mustLead(String text, RoomId room) {
        var alias =
                RoomAlias.parse(text)
                        .orElseThrow(() -> MatrixException.invalidParam("no alias: " + text));
        return directory
                .leadsTo(alias, room)
                .invoke(
                        leads -> {
                            if (!leads) {
                                throw new MatrixException(
                                        MatrixErrorCode.BAD_ALIAS,
                                        alias + " doesn't lead to this room");
                            }
                        });
    }

    private static List<String> aliases(JsonObject content) {
        var aliases = new ArrayList<String>();
        content.string("alias").filter(it -> !it.isEmpty()).ifPresent(aliases::add);
        content.array("alt_aliases").flatMap(JsonArray::strings).ifPresent(aliases::addAll);
        return aliases;
    }

    /// The alias that a new room is to have, if it is to have one.
    Optional<RoomAlias> forNewRoom(Optional<String> localpart) {
        return localpart.map(directory::ours);
    }
}
