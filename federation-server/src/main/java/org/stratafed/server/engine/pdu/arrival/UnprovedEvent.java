package org.stratafed.server.engine.pdu.arrival;

import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.server.engine.pdu.event.ReceivedPdu;

/// An event that could not be proved when it came, kept as bytes until that is tried again.
///
/// @param refused what it comes to if nothing more is to be had
record UnprovedEvent(byte[] bytes, boolean isState, ReceivedPdu.Refused refused) {

    static UnprovedEvent of(SentEvent event, ReceivedPdu.Refused refused) {
        return new UnprovedEvent(JsonWriter.write(event.raw().json()), event.isState(), refused);
    }

    RawPdu raw() {
        return new RawPdu(JsonReader.readObject(bytes));
    }
}
