package org.stratafed.api.model.exchange;

import java.util.List;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;

/// What one server pushes to another in one request.
///
/// @param originServerTs milliseconds since the epoch
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#transactions">Transactions</a>
public record Transaction(
        TransactionId id,
        ServerName origin,
        long originServerTs,
        List<RawPdu> pdus,
        List<Edu> edus) {

    public static final int PDUS_MAX = 50;
    public static final int EDUS_MAX = 100;
}
