package org.stratafed.server.store.sql;

import java.sql.SQLException;
import java.util.List;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.spi.store.UserMembership;

/// How memberships are read from rows.
final class MembershipRows {

    private MembershipRows() {}

    /// Reads the columns that the statements about changes have.
    static UserMembership read(Row row) throws SQLException {
        return new UserMembership(
                new RoomId(row.text(1)),
                row.text(5),
                row.number(6),
                EventRows.pdu(row, 1),
                row.number(7) == 1,
                row.optionalBytes(8).map(JsonBlobs::objects).orElse(List.of()),
                row.optionalText(9));
    }
}
