package org.stratafed.api.model.exchange;

import org.stratafed.api.model.event.RawPdu;

/// A part of what a server is told of a room that it joins. They come in any order.
public sealed interface SendJoinPart {

    /// An event of the state before the join.
    record State(RawPdu pdu) implements SendJoinPart {}

    /// An event of the auth chain of that state.
    record AuthChain(RawPdu pdu) implements SendJoinPart {}

    /// The join as the resident server signed it.
    record Join(RawPdu pdu) implements SendJoinPart {}

    /// Members were left out of the state.
    record MembersOmitted() implements SendJoinPart {}
}
