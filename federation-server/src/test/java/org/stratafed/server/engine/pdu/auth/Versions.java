package org.stratafed.server.engine.pdu.auth;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of something that only some room versions share, called with each of these.
final class Versions {

    private Versions() {}

    /// Those in which nobody can knock.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6"})
    @interface WithoutKnocks {}

    /// Those in which one can knock.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "9", "10", "11", "12"})
    @interface WithKnocks {}

    /// Those in which nobody can vouch for another.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7"})
    @interface WithoutRestrictedJoins {}

    /// Those in which a member can vouch for another.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"8", "9", "10", "11", "12"})
    @interface WithRestrictedJoins {}

    /// Those in which a restricted room can not be knocked on.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9"})
    @interface WithoutKnockRestricted {}

    /// Those in which a restricted room can be knocked on.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    @interface WithKnockRestricted {}

    /// Those whose power levels can be fractions.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    @interface WithFractions {}

    /// Those whose power levels can be text.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9"})
    @interface WithTextLevels {}

    /// Those whose power levels are integers.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"10", "11", "12"})
    @interface WithIntegerLevels {}

    /// Those that authorize redactions.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    @interface WithRedactionRule {}

    /// Those that leave redactions to whoever shows them.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    @interface WithoutRedactionRule {}

    /// Those in which a server's aliases are its own.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    @interface WithAliasesRule {}

    /// Those in which aliases are nothing special.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"6", "7", "8", "9", "10", "11", "12"})
    @interface WithoutAliasesRule {}

    /// Those whose create event names the creator.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"})
    @interface WithNamedCreator {}

    /// Those whose room IDs are chosen.
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"})
    @interface WithChosenRoomId {}
}
