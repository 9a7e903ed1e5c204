package org.stratafed.simulator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratafed.architecture.Determinism;

/// The dependency rules that are about the simulator, each one a sentence of
/// docs/ARCHITECTURE.md. The others are tested in the server's module.
class SimulatorArchitectureTest {

    private static final String SIMULATOR = "org.stratafed.simulator";
    private static final String ENGINE = "org.stratafed.server.engine";
    private static final String CRYPTO = "org.stratafed.server.crypto";

    /// Set to true with the first class of the simulator; from then on no rule may match nothing.
    private static final boolean EXISTS = true;

    /// What faces the person who runs it: it may read a clock to say how long a run took, and
    /// use more than one thread to run many seeds.
    private static final List<String> FACING_PEOPLE =
            List.of("SimulatorMain", "Campaign", "ProgressLine");

    /// What catches the failures that Mutiny hands over to one place for all threads. It only ever
    /// fails a run.
    private static final String DROPPED_FAILURES = SIMULATOR + ".host.DroppedFailures";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(SIMULATOR);

    @Test
    void noRuleMatchesNothing() {
        assertThat(!CLASSES.isEmpty())
                .as("the simulator has classes: set EXISTS")
                .isEqualTo(EXISTS);
    }

    // 7. The engine's half is tested in the server's module.

    @Test
    void simulatorDoesNotTouchTimeThreadsRealRandomnessOrUnstableOrder() {
        check(
                classes()
                        .that(resideInAPackage(SIMULATOR + ".."))
                        .and(not(facingPeople()))
                        .and(not(name(DROPPED_FAILURES)))
                        .should(Determinism.hold()));
    }

    // 10.

    @Test
    void simulatorDependsOnApiAndEngineAndNotOnHostClientAdminOrStore() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("org.stratafed..")
                                        .and(
                                                not(
                                                        resideInAnyPackage(
                                                                SIMULATOR + "..",
                                                                "org.stratafed.api..",
                                                                ENGINE + "..",
                                                                CRYPTO + "..")))));
    }

    @Test
    void simulatorKnowsNoQuarkusNoVertxAndNoDatabase() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                        "io.quarkus..", "io.vertx..", "jakarta..", "java.sql..")));
    }

    // 11.

    @Test
    void thereAreNoCyclesBetweenPackages() {
        check(slices().matching("org.stratafed.(**)").should().beFreeOfCycles());
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(!EXISTS).check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> facingPeople() {
        return DescribedPredicate.describe(
                "what faces people",
                it ->
                        FACING_PEOPLE.stream()
                                .map(name -> SIMULATOR + "." + name)
                                .anyMatch(
                                        name ->
                                                it.getName().equals(name)
                                                        || it.getName().startsWith(name + "$")));
    }
}
