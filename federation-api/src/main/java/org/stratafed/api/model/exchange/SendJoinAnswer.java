package org.stratafed.api.model.exchange;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;

/// The room as of before a join, for the server that joins.
///
/// @param event the join as the resident server signed it, for restricted joins
/// @param serversInRoom who is in the room; required when members were omitted
public record SendJoinAnswer(
        List<RawPdu> state,
        List<RawPdu> authChain,
        Optional<RawPdu> event,
        boolean membersOmitted,
        List<ServerName> serversInRoom) {}
