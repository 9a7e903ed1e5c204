package org.stratafed.server.engine.pdu.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.publicRoom;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertAllowed;
import static org.stratafed.server.engine.pdu.auth.Verdicts.assertDenied;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratafed.server.engine.pdu.auth.RuleRows.Row;

/// Each authorization rule with one event that passes it and one that fails it, in every room
/// version that has it: the specification's list, once through. What else there is to say of a rule
/// is in the tests of the group it belongs to.
///
/// @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules">Authorization
///     rules</a>
class EveryRuleTest {

    /// The numbers of version 12, and what earlier versions have beside them.
    private static final String RULES =
            "1.1 1.2 1.3 1.4 1.4 before version 11 1.5 2 3.1 3.2 3.3 3.4 before version 12 3.5 4"
                    + " 4.1 on aliases 4.2 on aliases 4.3 on aliases"
                    + " 5.1 5.2 5.3.1 5.3.2 5.3.3 5.3.4 5.3.5.1 5.3.5.2 5.3.5.3 5.3.6 5.3.7"
                    + " 5.4.1.1 5.4.1.2 5.4.1.3 5.4.1.4 5.4.1.5 5.4.1.6 5.4.1.7 5.4.1.8"
                    + " 5.4.2 5.4.3 5.4.4 5.4.5 5.5.1 5.5.2 5.5.3 5.5.4 5.5.5"
                    + " 5.6.1 5.6.2 5.6.3 5.7.1 5.7.2 5.7.3 5.7.4 5.8"
                    + " 6 7 8 9 10.1 10.2 10.3 10.3 before version 10 10.4 10.5 10.6 10.7"
                    + " 10.7 on notifications 10.8 10.8 on notifications 10.9 10.10"
                    + " 11.1 on redactions 11.2 on redactions 11.3 on redactions 11";

    static Stream<Arguments> everyRuleOfEveryVersion() {
        return rows().stream()
                .flatMap(row -> row.versions().stream().map(it -> Arguments.of(row, it)));
    }

    @ParameterizedTest(name = "{0}, version {1}")
    @MethodSource("everyRuleOfEveryVersion")
    void oneEventPassesItAndOneFailsIt(Row row, String version) {
        assertAllowed(row.passing().apply(publicRoom(version)));
        assertDenied(row.failing().apply(publicRoom(version)), row.by(version));
    }

    @Test
    void noRuleIsLeftOut() {
        assertThat(String.join(" ", rows().stream().map(Row::number).toList())).isEqualTo(RULES);
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        rows.addAll(new FirstRuleRows().rows());
        rows.addAll(new MembershipRuleRows().rows());
        rows.addAll(new LastRuleRows().rows());
        return rows;
    }
}
