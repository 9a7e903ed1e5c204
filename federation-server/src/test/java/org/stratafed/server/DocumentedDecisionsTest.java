package org.stratafed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Where the specification is unclear, `docs/conformance.md` says what was decided, where, and by
/// which test it is named. That place and that test have to be there.
class DocumentedDecisionsTest {

    private static final Path ROOT = Path.of("..");
    private static final String HEADING = "## Where the specification is unclear";
    private static final Pattern NAME =
            Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:\\.([A-Za-z0-9]+))?`");

    /// @param places code, and `tests`, as the row names them
    private record Decision(String what, String places, String tests) {

        static Decision of(String row) {
            var cells = row.split("(?<!\\\\)\\|");
            assertThat(cells).as(row).hasSize(5);
            return new Decision(cells[1].strip(), cells[3], cells[4]);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachDecisionHasTheTestsThatItNames() throws IOException {
        var tests = sources("test");
        return decisions().stream()
                .map(
                        it ->
                                DynamicTest.dynamicTest(
                                        it.what(), () -> assertNamed(it.tests(), tests, true)));
    }

    @TestFactory
    Stream<DynamicTest> eachDecisionIsTakenWhereItSays() throws IOException {
        var code = sources("main");
        return decisions().stream()
                .map(
                        it ->
                                DynamicTest.dynamicTest(
                                        it.what(), () -> assertNamed(it.places(), code, false)));
    }

    @Test
    void noDecisionIsWrittenDownTwice() throws IOException {
        assertThat(decisions()).extracting(Decision::what).doesNotHaveDuplicates();
    }

    private static void assertNamed(String cell, Map<String, String> sources, boolean asMethod) {
        var names = NAME.matcher(cell).results().toList();
        assertThat(names).as("names in" + cell).isNotEmpty();
        for (var name : names) {
            var type = Optional.ofNullable(sources.get(name.group(1)));
            assertThat(type).as(name.group(1)).isPresent();
            if (name.group(2) != null) {
                var declared = Pattern.compile("\\b" + name.group(2) + (asMethod ? "\\(" : "\\b"));
                assertThat(declared.matcher(type.get()).find()).as(name.group()).isTrue();
            }
        }
    }

    private static List<Decision> decisions() throws IOException {
        var text = Files.readString(ROOT.resolve(Path.of("docs", "conformance.md")));
        var section = text.substring(text.indexOf(HEADING) + HEADING.length());
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(2)
                .map(Decision::of)
                .toList();
    }

    /// The sources of all modules by the names of their classes. A name may be that of several.
    private static Map<String, String> sources(String kind) throws IOException {
        var all = new TreeMap<String, String>();
        for (var module : List.of("federation-api", "federation-server", "federation-simulator")) {
            try (var files = Files.walk(ROOT.resolve(Path.of(module, "src", kind, "java")))) {
                for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    var name = file.getFileName().toString().replace(".java", "");
                    all.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return all;
    }
}
