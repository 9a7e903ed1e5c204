package org.stratafed.simulator.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The catalogue of planted faults, as it is written down.
class PlantedFaultsInDocumentationTest {

    private static final String HEADING = "## Planted faults";
    private static final String NEXT_HEADING = "\n## ";

    /// Each has its row, but for the seed, which any change of what the swarm draws changes.
    @Test
    void theTableHasAllOfThemAsTheyAre() throws IOException {
        assertThat(table())
                .as(
                        "docs/simulator.md: PlantedFaultsTest prints the rows; put them in place of"
                                + " those that are there")
                .containsExactlyElementsOf(
                        PlantedFaults.ALL.stream().map(fault -> fault.row("*")).toList());
    }

    @Test
    void eachSaysWhatItIsFoundBy() {
        assertThat(PlantedFaults.ALL)
                .allSatisfy(fault -> assertThat(fault.finding()).as(fault.title()).isNotBlank());
    }

    @Test
    void noTwoHaveTheSameTitle() {
        assertThat(PlantedFaults.ALL).extracting(PlantedFault::title).doesNotHaveDuplicates();
    }

    private static List<String> table() throws IOException {
        var text = Files.readString(Path.of("..", "docs", "simulator.md"));
        var section = text.substring(text.indexOf(HEADING) + HEADING.length());
        return section.substring(0, section.indexOf(NEXT_HEADING))
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(2)
                .map(line -> line.replaceFirst("\\d+ of ", "* of "))
                .toList();
    }
}
