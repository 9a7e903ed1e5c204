package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.json.JsonArray;

/// Lists of events and of their ids, as JSON.
final class PduLists {

    private PduLists() {}

    static JsonArray of(List<RawPdu> pdus) {
        return JsonArray.of(pdus.stream().map(RawPdu::json).toList());
    }

    static JsonArray ofIds(List<EventId> ids) {
        return JsonArray.ofStrings(ids.stream().map(EventId::value).toList());
    }
}
