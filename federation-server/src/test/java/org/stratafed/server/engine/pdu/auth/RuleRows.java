package org.stratafed.server.engine.pdu.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Authorization rules, each with an event that passes it and one that fails it.
class RuleRows {

    static final String BOB = "@bob:beta";
    static final String CAROL = "@carol:gamma";
    static final List<String> ALL = versions(1, 12);
    static final List<String> UNTIL_2 = versions(1, 2);
    static final List<String> UNTIL_5 = versions(1, 5);
    static final List<String> UNTIL_9 = versions(1, 9);
    static final List<String> UNTIL_10 = versions(1, 10);
    static final List<String> UNTIL_11 = versions(1, 11);
    static final List<String> FROM_6 = versions(6, 12);
    static final List<String> FROM_7 = versions(7, 12);
    static final List<String> FROM_8 = versions(8, 12);
    static final List<String> FROM_10 = versions(10, 12);
    static final List<String> FROM_12 = List.of("12");

    private static final CountingSignatures SIGNATURES = new CountingSignatures();

    private static List<String> versions(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
    }

    private final List<Row> rows = new ArrayList<>();

    static final String ITS_OWN_TEXT = "=";

    /// One rule.
    ///
    /// @param number in the text of version 12
    /// @param by the number of what denies the event that fails it, in the same text; with
    ///     [#ITS_OWN_TEXT] before it, in the version's own
    record Row(
            String number,
            String by,
            List<String> versions,
            Function<RoomFixture, AuthVerdict> passing,
            Function<RoomFixture, AuthVerdict> failing) {

        /// What denies the event that fails it in that version, by the number of its text.
        String by(String version) {
            if (by.startsWith(ITS_OWN_TEXT)) {
                return by.substring(1);
            }
            return version.equals("12") ? by : RuleNumbersTable.number(version, in11(by));
        }

        /// The number that the text of version 11 has for it, which lacks rules 2 and 10.4.
        private static String in11(String number) {
            var parts = number.split("\\.");
            int first = Integer.parseInt(parts[0]);
            if (first > 1) {
                parts[0] = String.valueOf(first - 1);
            }
            if (first == 10 && Integer.parseInt(parts[1]) > 4) {
                parts[1] = String.valueOf(Integer.parseInt(parts[1]) - 1);
            }
            return String.join(".", parts);
        }

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
