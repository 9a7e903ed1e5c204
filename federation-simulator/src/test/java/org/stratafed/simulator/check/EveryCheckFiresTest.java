package org.stratafed.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.loop.Trace;
import org.stratafed.simulator.scenario.Scenario;

/// A check that has never failed is not yet a check: each has a test in which it is made to.
class EveryCheckFiresTest {

    /// By the check's name, one of the tests in which it fires.
    private static Map<String, Runnable> tests() {
        var tests = new TreeMap<String, Runnable>();
        tests.put(
                "TransactionDiscipline",
                in(
                        NetworkChecksTest::new,
                        NetworkChecksTest::aSecondTransactionBeforeTheFirstHasEndedIsNoticed));
        tests.put(
                "SameAnswer",
                in(
                        NetworkChecksTest::new,
                        NetworkChecksTest::anotherAnswerToTheSameTransactionIsNoticed));
        tests.put(
                "EachAnswered",
                in(NetworkChecksTest::new, NetworkChecksTest::anEventThatIsNotSpokenOfIsNoticed));
        tests.put(
                "NothingAcknowledgedIsLost",
                in(
                        NetworkChecksTest::new,
                        NetworkChecksTest::anEventThatWasTakenAndIsNotThereIsNoticed));
        tests.put(
                "ProcessedOnce",
                in(StoreChecksTest::new, StoreChecksTest::aSecondResponseToATransactionIsNoticed));
        tests.put(
                "OnlyMembersReceive",
                in(
                        StoreChecksTest::new,
                        StoreChecksTest::anEventForAServerThatIsNotInTheRoomIsNoticed));
        tests.put(
                "SoundExtremities",
                in(StoreChecksTest::new, StoreChecksTest::aSoftFailedForwardExtremityIsNoticed));
        tests.put(
                "SoundAuthChains",
                in(
                        StoreChecksTest::new,
                        StoreChecksTest::anAcceptedEventWhoseAuthEventIsMissingIsNoticed));
        tests.put(
                "NothingForged",
                in(
                        JudgingChecksTest::new,
                        JudgingChecksTest
                                ::anEventThatNobodySignedAndThatIsNotWhatItsIdSaysIsNoticed));
        tests.put(
                "RightVerdicts",
                in(
                        JudgingChecksTest::new,
                        JudgingChecksTest::anEventThatWasRejectedForNothingIsNoticed));
        tests.put(
                "RightSoftFailures",
                in(
                        JudgingChecksTest::new,
                        JudgingChecksTest::anEventThatShouldHaveBeenSoftFailedIsNoticed));
        tests.put(
                "RecomputedState",
                in(
                        JudgingChecksTest::new,
                        JudgingChecksTest::aMergeThatIsResolvedTheOtherWayIsNoticed));
        tests.put(
                "LastingState",
                in(
                        JudgingChecksTest::new,
                        JudgingChecksTest::aStateThatChangesUnderAnEventIsNoticed));
        tests.put(
                "WithinLimits",
                in(
                        JudgingChecksTest::new,
                        JudgingChecksTest::tooManyQuestionsToOnePeerAtOnceAreNoticed));
        tests.put("ShownOnce", in(SeenChecksTest::new, SeenChecksTest::whatIsNeverShownIsNoticed));
        tests.put(
                "NewestOnly",
                in(
                        WholeSimulationChecksTest::new,
                        WholeSimulationChecksTest::aForwardExtremityBeforeAnotherIsNoticed));
        tests.put(
                "ConvergedState",
                in(
                        WholeSimulationChecksTest::new,
                        WholeSimulationChecksTest::theSameTipWithAnotherStateIsNoticed));
        tests.put(
                "DeniedGetNothing",
                in(
                        WholeSimulationChecksTest::new,
                        WholeSimulationChecksTest::anAnswerToADeniedServerIsNoticed));
        tests.put(
                "EachExplained",
                in(
                        WholeSimulationChecksTest::new,
                        WholeSimulationChecksTest::anEventThatWasTakenAndIsNowhereIsNoticed));
        tests.put(
                "EverybodyHasEverything",
                in(
                        WholeSimulationChecksTest::new,
                        WholeSimulationChecksTest::anEventThatAMemberHasNeverGotIsNoticed));
        tests.put(
                "NothingLeftToSend",
                in(
                        WholeSimulationChecksTest::new,
                        WholeSimulationChecksTest::somethingLeftToSendIsNoticed));
        tests.put(
                "MembersAgree",
                in(
                        WholeSimulationChecksTest::new,
                        WholeSimulationChecksTest::membersWhoDisagreeAreNoticed));
        return tests;
    }

    private static <T> Runnable in(Supplier<T> tests, Consumer<T> test) {
        return () -> test.accept(tests.get());
    }

    @TestFactory
    Stream<DynamicTest> fires() {
        return tests().entrySet().stream().map(it -> dynamicTest(it.getKey(), it.getValue()::run));
    }

    @Test
    void noneIsForgotten() {
        var simulation = new Simulation(1, Scenario.signatures(), Trace.silent());

        assertThat(Checks.list(simulation))
                .extracting(Check::name)
                .containsExactlyInAnyOrderElementsOf(tests().keySet());
    }
}
