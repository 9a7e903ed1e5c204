package org.stratafed.api.layer.pdu;

import java.util.SequencedSet;
import org.stratafed.api.model.id.UserId;

/// What the PDU layer tells the layer above it. The messaging layer implements this.
public interface PduHandler {

    /// The stream has grown to this position, durably. A hint: consumers pull.
    void onTimeline(long position);

    /// An out-of-band membership of these local users changed, as of this position.
    void onMembership(SequencedSet<UserId> users, long position);
}
