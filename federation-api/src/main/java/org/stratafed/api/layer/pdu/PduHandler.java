package org.stratafed.api.layer.pdu;

import java.util.SequencedSet;
import org.stratafed.api.model.id.UserId;

/// What the PDU layer tells the layer above it. The messaging layer implements this.
public interface PduHandler {

    /// The stream has grown to this position, durably. A hint: consumers pull.
    void onTimeline(long position);

    /// Something that these local users see changed as of this position, and no event shows it: an
    /// out-of-band membership of theirs, or the state of a room.
    void onMembership(SequencedSet<UserId> users, long position);
}
