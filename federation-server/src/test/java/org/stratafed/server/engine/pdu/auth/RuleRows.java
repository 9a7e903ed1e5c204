package org.stratafed.server.engine.pdu.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Authorization rules, each with an event that passes it and one that fails it.
class RuleRows {

    static final String BOB = "@bob:beta";
    static final String CAROL = "@carol:gamma";
    static final List<String> ALL = List.of("10", "11", "12");

    private static final CountingSignatures SIGNATURES = new CountingSignatures();

    private final List<Row> rows = new ArrayList<>();

    /// One rule.
    ///
    /// @param number in the text of version 12
    /// @param by the number of what denies the event that fails it, in the same text
    record Row(
            String number,
            String by,
            List<String> versions,
            Function<RoomFixture, AuthVerdict> passing,
            Function<RoomFixture, AuthVerdict> failing) {

        @Override
        public String toString() {
            return "rule " + number;
        }
    }

    List<Row> rows() {
        return rows;
    }

    final void add(Row row) {
        rows.add(row);
    }

    /// A rule of all versions that denies by its own number.
    final void rule(
            String number,
            Function<RoomFixture, EventFixture> passing,
            Function<RoomFixture, EventFixture> failing) {
        row(number, number, ALL, passing, failing);
    }

    /// A rule that allows: what fails it is denied by a later one.
    final void row(
            String number,
            String by,
            List<String> versions,
            Function<RoomFixture, EventFixture> passing,
            Function<RoomFixture, EventFixture> failing) {
        add(new Row(number, by, versions, checked(passing), checked(failing)));
    }

    private static Function<RoomFixture, AuthVerdict> checked(
            Function<RoomFixture, EventFixture> event) {
        return room -> room.check(event.apply(room), SIGNATURES);
    }

    static RoomFixture bobWith(RoomFixture room, long power) {
        return room.joinedWithPower(BOB, power);
    }
}
