package org.stratafed.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.implement;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stratafed.architecture.Determinism;

/// Who may know whom. Each test is one sentence of the dependency rules in docs/ARCHITECTURE.md.
class ArchitectureTest {

    private static final String API = "org.stratafed.api";
    private static final String SERVER = "org.stratafed.server";

    private static final String MODEL = API + ".model";
    private static final String LAYER = API + ".layer";
    private static final String SPI = API + ".spi";
    private static final String ENGINE = SERVER + ".engine";
    private static final String STORE = SERVER + ".store";
    private static final String HOST = SERVER + ".host";
    private static final String QUARKUS = HOST + ".quarkus";
    private static final String CLIENT = SERVER + ".client";
    private static final String ADMIN = SERVER + ".admin";
    private static final String COMMAND = SERVER + ".command";

    private static final String EVENT = ENGINE + ".pdu.event";
    private static final String AUTH = ENGINE + ".pdu.auth";
    private static final String RESOLUTION = ENGINE + ".pdu.resolution";

    /// The stack, top down.
    private static final List<String> STACK =
            List.of("messaging", "pdu", "transaction", "transport");

    /// Packages the rules name which have no class so far. The rules pass over these, and only
    /// over these: whoever adds the first class to one takes its line away.
    private static final List<String> STILL_TO_COME = List.of();

    private static final List<String> HERE =
            Stream.concat(
                            Stream.of(
                                    MODEL,
                                    SPI,
                                    SPI + ".store",
                                    ENGINE,
                                    ENGINE + ".messaging",
                                    ENGINE + ".pdu",
                                    ENGINE + ".transaction",
                                    ENGINE + ".transport",
                                    EVENT,
                                    AUTH,
                                    RESOLUTION,
                                    CLIENT,
                                    ADMIN,
                                    COMMAND,
                                    STORE,
                                    STORE + ".sql",
                                    STORE + ".sqlite",
                                    HOST,
                                    HOST + ".vertx",
                                    QUARKUS),
                            STACK.stream().map(layer -> LAYER + "." + layer))
                    .toList();

    /// What the simulator, the benchmarks and the offline commands may call of the pure parts,
    /// beside `Homeserver`: public, though perhaps no other package of its layer uses it.
    private static final List<String> PURE_ENTRY_POINTS =
            List.of(
                    EVENT + ".ContentHash",
                    EVENT + ".EventFormat",
                    EVENT + ".EventParser",
                    EVENT + ".EventSignatures",
                    EVENT + ".EventSigner",
                    EVENT + ".ParsedPdu",
                    EVENT + ".PduReceipt",
                    EVENT + ".ReceivedPdu",
                    EVENT + ".Redaction",
                    EVENT + ".ReferenceHash",
                    AUTH + ".AuthEventSelection",
                    AUTH + ".AuthState",
                    AUTH + ".AuthVerdict",
                    AUTH + ".CitedAuthEvent",
                    AUTH + ".EventAuthorization",
                    AUTH + ".Power",
                    AUTH + ".PowerLevels",
                    RESOLUTION + ".AuthEdges",
                    RESOLUTION + ".EventGraph",
                    RESOLUTION + ".FullConflictedSet",
                    RESOLUTION + ".StateResolution");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(API, SERVER);

    // No rule may match nothing.

    @Test
    void noRuleMatchesNothing() {
        assertThat(HERE).allSatisfy(it -> assertThat(exists(it)).as("%s has classes", it).isTrue());
    }

    @Test
    void packagesStillToComeAreListedByNameUntilTheyExist() {
        assertThat(STILL_TO_COME)
                .allSatisfy(
                        it ->
                                assertThat(exists(it))
                                        .as("%s exists: move it from STILL_TO_COME to HERE", it)
                                        .isFalse());
    }

    // 1. What the api is made of.

    @Test
    void modelDependsOnTheJdkAndJacksonsStreamingParserOnly() {
        check(
                classes()
                        .that(in(MODEL))
                        .should()
                        .onlyDependOnClassesThat(
                                in(MODEL)
                                        .or(resideInAPackage("java.."))
                                        .or(resideInAPackage("com.fasterxml.jackson.core.."))),
                MODEL);
    }

    @Test
    void layerAndSpiDependOnModelAndMutiny() {
        for (String part : List.of(LAYER, SPI)) {
            check(
                    classes()
                            .that(in(part))
                            .should()
                            .onlyDependOnClassesThat(
                                    in(part).or(in(MODEL))
                                            .or(
                                                    resideInAnyPackage(
                                                            "java..", "io.smallrye.mutiny.."))),
                    part);
        }
    }

    @Test
    void spiDoesNotKnowLayer() {
        check(noClasses().that(in(SPI)).should().dependOnClassesThat(in(LAYER)), SPI);
    }

    // 2.

    @Test
    void theFourPackagesOfApiLayerDoNotKnowEachOther() {
        check(slices().matching(LAYER + ".(*)..").should().notDependOnEachOther(), LAYER);
    }

    // 3. A layer of the engine sees its own contract and that of the layer below.

    @Test
    void engineLayerUsesItsOwnContractAndTheOneBelowAndNoOther() {
        for (String layer : STACK) {
            check(
                    noClasses()
                            .that(in(ENGINE + "." + layer))
                            .should()
                            .dependOnClassesThat(in(LAYER).and(not(contractsSeenBy(layer)))),
                    ENGINE + "." + layer);
        }
    }

    @Test
    void engineLayerImplementsItsContractAndTheHandlerOfTheLayerBelow() {
        for (String layer : STACK) {
            var service = ENGINE + "." + layer + "." + noun(layer) + "Service";
            if (CLASSES.contain(service)) {
                var implemented = implementedIn(ENGINE + "." + layer);
                assertThat(implemented).contains(contract(layer, "Layer"));
                below(layer)
                        .map(lower -> contract(lower, "Handler"))
                        .ifPresent(handler -> assertThat(implemented).contains(handler));
            }
        }
    }

    // 4.

    @Test
    void noEngineLayerDependsOnAnother() {
        check(slices().matching(ENGINE + ".(*)..").should().notDependOnEachOther(), ENGINE);
    }

    @Test
    void onlyHomeserverSeesAllFour() {
        check(
                noClasses()
                        .that(resideInAPackage(ENGINE))
                        .and(not(topLevelNamed(ENGINE + ".Homeserver")))
                        .should()
                        .dependOnClassesThat(in(ENGINE).and(not(resideInAPackage(ENGINE)))),
                ENGINE,
                true);
    }

    // 5.

    @Test
    void engineAndApiDependOnNoFrameworkNoFileAndNoSocket() {
        for (String part : List.of(API, ENGINE)) {
            check(
                    noClasses()
                            .that(in(part))
                            .should()
                            .dependOnClassesThat(
                                    resideInAnyPackage(
                                            "io.quarkus..",
                                            "io.vertx..",
                                            "jakarta..",
                                            "java.sql..",
                                            "javax.sql..",
                                            "java.net..",
                                            "java.nio.file..",
                                            HOST + "..",
                                            STORE + "..")),
                    part);
        }
    }

    // 6.

    @Test
    void eventAuthAndResolutionArePureFunctionsOfTheModel() {
        for (String part : List.of(EVENT, AUTH, RESOLUTION)) {
            check(
                    classes()
                            .that(in(part))
                            .should()
                            .onlyDependOnClassesThat(
                                    in(EVENT)
                                            .or(in(AUTH))
                                            .or(in(RESOLUTION))
                                            .or(in(MODEL))
                                            .or(topLevelNamed(SPI + ".JsonSigning"))
                                            .or(topLevelNamed(SPI + ".Signatures"))
                                            .or(
                                                    resideInAnyPackage(
                                                            "java..", "org.roaringbitmap.."))),
                    part);
        }
    }

    // 7. The simulator's half of it is in its own module.

    @Test
    void engineDoesNotTouchTimeThreadsRealRandomnessOrUnstableOrder() {
        check(classes().that(in(ENGINE)).should(Determinism.hold()), ENGINE);
    }

    // 8.

    @Test
    void storeDependsOnItsPortsTheModelAndJdbcAndNeverOnEngineOrHost() {
        check(
                noClasses()
                        .that(in(STORE))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("org.stratafed..", "io.quarkus..", "io.vertx..")
                                        .and(not(in(STORE)))
                                        .and(not(in(SPI + ".store")))
                                        .and(not(in(MODEL)))),
                STORE);
    }

    // 9.

    @Test
    void onlyTheQuarkusHostTheClientAndTheAdminApiKnowQuarkus() {
        check(
                noClasses()
                        .that(
                                in(SERVER)
                                        .and(not(in(QUARKUS)))
                                        .and(not(in(CLIENT)))
                                        .and(not(in(ADMIN))))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.quarkus..")),
                SERVER,
                true);
    }

    @Test
    void onlyTheHostKnowsVertx() {
        check(
                noClasses()
                        .that(in(SERVER).and(not(in(HOST))))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.vertx..")),
                SERVER,
                true);
    }

    @Test
    void nothingDependsOnTheQuarkusHostTheClientOrTheAdminApi() {
        for (String part : List.of(QUARKUS, CLIENT, ADMIN)) {
            check(
                    noClasses()
                            .that(in(SERVER).and(not(in(part))))
                            .should()
                            .dependOnClassesThat(in(part)),
                    SERVER,
                    true);
        }
    }

    // 10 is the simulator's.

    // 11.

    @Test
    void thereAreNoCyclesBetweenPackages() {
        check(slices().matching("org.stratafed.(**)").should().beFreeOfCycles(), API);
    }

    // 12.

    @Test
    void aClassInEngineIsPublicOnlyIfAnotherPackageOfItsLayerUsesIt() {
        for (String layer : STACK) {
            var part = ENGINE + "." + layer;
            check(
                    classes()
                            .that(in(part))
                            .and()
                            .arePublic()
                            .and()
                            .areTopLevelClasses()
                            .and(not(implement(contract(layer, "Layer"))))
                            .and(not(pureEntryPoints()))
                            .should(beUsedByAnotherPackageOf(part)),
                    part,
                    true);
        }
    }

    @Test
    void outsideTheEngineTheHostSeesHomeserverAndTheApi() {
        check(
                noClasses()
                        .that(in(HOST))
                        .should()
                        .dependOnClassesThat(in(ENGINE).and(not(resideInAPackage(ENGINE)))),
                HOST);
    }

    @Test
    void outsideTheEngineCommandsSeeHomeserverAndThePureEntryPoints() {
        check(
                noClasses()
                        .that(in(COMMAND))
                        .should()
                        .dependOnClassesThat(
                                in(ENGINE)
                                        .and(not(resideInAPackage(ENGINE)))
                                        .and(not(pureEntryPoints()))),
                COMMAND);
    }

    @Test
    void clientAndAdminSeeTheEngineThroughTheApiOnly() {
        for (String part : List.of(CLIENT, ADMIN)) {
            check(noClasses().that(in(part)).should().dependOnClassesThat(in(ENGINE)), part);
        }
    }

    // How the rules are put.

    private static void check(ArchRule rule, String subject) {
        check(rule, subject, false);
    }

    /// Checks a rule about a package, which must match something as soon as the package is there.
    ///
    /// @param mayMatchNothing for a rule about a *part* of the package that may rightly be empty
    private static void check(ArchRule rule, String subject, boolean mayMatchNothing) {
        rule.allowEmptyShould(mayMatchNothing || !exists(subject)).check(CLASSES);
    }

    private static boolean exists(String name) {
        return CLASSES.stream().anyMatch(in(name));
    }

    private static DescribedPredicate<JavaClass> in(String name) {
        return resideInAPackage(name + "..");
    }

    private static DescribedPredicate<JavaClass> topLevelNamed(String name) {
        return DescribedPredicate.describe(
                name, it -> it.getName().equals(name) || it.getName().startsWith(name + "$"));
    }

    private static DescribedPredicate<JavaClass> pureEntryPoints() {
        return DescribedPredicate.describe(
                "pure entry points",
                it -> PURE_ENTRY_POINTS.stream().anyMatch(name -> topLevelNamed(name).test(it)));
    }

    private static Optional<String> below(String layer) {
        return STACK.stream().skip(STACK.indexOf(layer) + 1L).findFirst();
    }

    private static String contract(String layer, String kind) {
        return LAYER + "." + layer + "." + noun(layer) + kind;
    }

    private static String noun(String layer) {
        return Character.toUpperCase(layer.charAt(0)) + layer.substring(1);
    }

    /// Exceptions by name: what isn't about a room goes from messaging straight to another
    /// server, and the PDU layer checks signatures with keys that the transport layer finds, and
    /// has it ask whether those of identity servers are still good.
    private static DescribedPredicate<JavaClass> contractsSeenBy(String layer) {
        var seen = in(LAYER + "." + layer);
        var below = below(layer).map(it -> seen.or(in(LAYER + "." + it))).orElse(seen);
        return switch (layer) {
            case "messaging" ->
                    below.or(topLevelNamed(LAYER + ".transaction.RemoteQueries"))
                            .or(topLevelNamed(LAYER + ".transaction.QueryHandler"));
            case "pdu" ->
                    below.or(topLevelNamed(LAYER + ".transport.KeyRing"))
                            .or(topLevelNamed(LAYER + ".transport.IdentityKeys"));
            default -> below;
        };
    }

    private static List<String> implementedIn(String name) {
        return CLASSES.stream()
                .filter(in(name))
                .flatMap(it -> it.getAllRawInterfaces().stream())
                .map(JavaClass::getName)
                .distinct()
                .toList();
    }

    /// The composition root counts as one; the services it builds are public for it alone.
    private static ArchCondition<JavaClass> beUsedByAnotherPackageOf(String layer) {
        return new ArchCondition<>("be used by another package of " + layer) {
            @Override
            public void check(JavaClass subject, ConditionEvents events) {
                // A sealed type whose members others make is used by them, if only as a parameter.
                var isUsed =
                        Stream.concat(Stream.of(subject), subject.getSubclasses().stream())
                                .flatMap(it -> it.getDirectDependenciesToSelf().stream())
                                .map(it -> it.getOriginClass())
                                .filter(it -> !it.getPackage().equals(subject.getPackage()))
                                .anyMatch(in(layer).or(resideInAPackage(ENGINE)));
                if (!isUsed) {
                    var message =
                            subject.getName() + " is public, and only its own package uses it";
                    events.add(SimpleConditionEvent.violated(subject, message));
                }
            }
        };
    }
}
