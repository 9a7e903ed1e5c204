package org.stratafed.server.engine.pdu.auth;

import java.util.List;
import java.util.regex.Pattern;

/// What a rule of room version 11 is numbered in the texts of older versions, read off these.
final class RuleNumbersTable {

    /// Version 11, versions 1 to 5, version 6, version 7, versions 8 and 9, version 10. A `*` is
    /// what comes after; a `-` a rule that isn't there.
    private static final String TABLE =
            """
            1.*    1.*      1.*      1.*      1.*      1.*
            2.*    2.*      2.*      2.*      2.*      2.*
            3      3        3        3        3        3
            4.1    5.1      4.1      4.1      4.1      4.1
            4.2.1  -        -        -        4.2.1    4.2.1
            4.3.2  5.2.2    4.2.2    4.2.2    4.3.2    4.3.2
            4.3.3  5.2.3    4.2.3    4.2.3    4.3.3    4.3.3
            4.3.5* -        -        -        4.3.5*   4.3.5*
            4.3.7  5.2.6    4.2.6    4.2.6    4.3.7    4.3.7
            4.4.*  5.3.*    4.3.*    4.3.*    4.4.*    4.4.*
            4.5.*  5.4.*    4.4.*    4.4.*    4.5.*    4.5.*
            4.6.*  5.5.*    4.5.*    4.5.*    4.6.*    4.6.*
            4.7.*  -        -        4.6.*    4.7.*    4.7.*
            4.8    5.6      4.6      4.7      4.8      4.8
            5      6        5        5        5        5
            6.1    7.1      6.1      6.1      6.1      6.1
            7      8        7        7        7        7
            8      9        8        8        8        8
            9.1    -        -        -        -        9.1
            9.2    -        -        -        -        9.2
            9.3    10.1     9.1      9.1      9.1      9.3
            9.5.*  10.3.*   9.3.*    9.3.*    9.3.*    9.5.*
            9.6.1  10.4.1   9.4.1    9.4.1    9.4.1    9.6.1
            9.7.1  10.5.1   9.5.1    9.5.1    9.5.1    9.7.1
            9.8.1  10.6.1   9.6.1    9.6.1    9.6.1    9.8.1
            9.9.1  10.7.1   9.7.1    9.7.1    9.7.1    9.9.1
            """;

    private static final List<String> COLUMNS = List.of("11", "1 2 3 4 5", "6", "7", "8 9", "10");

    private RuleNumbersTable() {}

    /// @param rule11 the number in the text of version 11
    static String number(String version, String rule11) {
        for (var line : TABLE.lines().toList()) {
            var numbers = List.of(line.strip().split(" +"));
            var pattern =
                    Pattern.compile(numbers.getFirst().replace(".", "\\.").replace("*", "(.*)"));
            var match = pattern.matcher(rule11);
            if (match.matches()) {
                var rest = match.groupCount() == 0 ? "" : match.group(1);
                return numbers.get(column(version)).replace("*", rest);
            }
        }
        throw new AssertionError("no rule of room version 11: " + rule11);
    }

    private static int column(String version) {
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (List.of(COLUMNS.get(i).split(" ")).contains(version)) {
                return i;
            }
        }
        throw new AssertionError("no room version before 12: " + version);
    }
}
