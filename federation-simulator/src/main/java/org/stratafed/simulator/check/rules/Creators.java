package org.stratafed.simulator.check.rules;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.json.JsonArray;

/// Who created a room, as its create event says.
@FunctionalInterface
interface Creators {

    /// Whom the content names.
    Creators NAMED = create -> create.content().string("creator").map(List::of).orElse(List.of());

    /// Who sent the event.
    Creators SENDER = create -> List.of(create.sender().value());

    /// Who sent the event, and whom he names beside himself.
    Creators SENDER_AND_MORE =
            create -> {
                var creators = new ArrayList<>(List.of(create.sender().value()));
                creators.addAll(
                        create.content()
                                .array("additional_creators")
                                .flatMap(JsonArray::strings)
                                .orElse(List.of()));
                return creators;
            };

    List<String> of(Pdu create);
}
