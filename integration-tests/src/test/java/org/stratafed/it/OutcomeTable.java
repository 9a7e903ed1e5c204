package org.stratafed.it;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.it.Meeting.Software;

/// Outcomes as a Markdown table: a line for each room version, a column for each deed, and in it
/// how it ended in the rooms of each server.
final class OutcomeTable {

    private final List<Outcome> outcomes;

    OutcomeTable(List<Outcome> outcomes) {
        this.outcomes = outcomes;
    }

    @Override
    public String toString() {
        var versions = new LinkedHashSet<>(outcomes.stream().map(Outcome::version).toList());
        var text = new StringBuilder("| version | ");
        text.append(String.join(" | ", Deed.NAMES)).append(" |\n|");
        text.append(" --- |".repeat(Deed.NAMES.size() + 1)).append('\n');
        for (var version : versions) {
            text.append("| ").append(version).append(" |");
            for (var deed : Deed.NAMES) {
                text.append(' ').append(cell(version, deed)).append(" |");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private String cell(RoomVersion version, String deed) {
        var ends =
                Arrays.stream(Software.values())
                        .map(
                                home ->
                                        outcomes.stream()
                                                .filter(it -> it.version().equals(version))
                                                .filter(it -> it.deed().equals(deed))
                                                .filter(it -> it.home() == home)
                                                .findFirst())
                        .map(it -> it.map(OutcomeTable::end).orElse("·"))
                        .toList();
        return ends.stream().allMatch("·"::equals) ? "·" : String.join(" / ", ends);
    }

    private static String end(Outcome outcome) {
        return outcome.failure().isEmpty() ? "ok" : "failed";
    }
}
