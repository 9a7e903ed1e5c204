package org.stratafed.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Predicate;

/// The determinism contract: what code may not touch that the simulator has to be able to run
/// twice with the same outcome. Each ban says what to use in its place.
///
/// The server's and the simulator's architecture tests share this file.
public final class Determinism {

    private static final String INSTANT = "ask the InstantSource of the environment";
    private static final String TIMERS = "wait with Timers.after";
    private static final String CHANCE = "ask the RandomGenerator of the environment";
    private static final String LOOP = "there is one loop and no thread; labour goes to Compute";
    private static final String ORDER = "take one whose order is stable: Linked…, Tree…, Enum…";
    private static final String EXECUTOR = "it uses Mutiny's own executor; " + TIMERS;

    private static final List<Ban> BANS =
            List.of(
                    type("java.time.Clock", INSTANT),
                    type("java.util.Date", INSTANT),
                    type("java.util.Calendar", INSTANT),
                    methods("java.time.", INSTANT, "now", "systemDefault"),
                    methods("java.time.InstantSource", INSTANT, "system"),
                    methods("java.lang.System", INSTANT, "currentTimeMillis", "nanoTime"),
                    methods("java.lang.System", "an address is not an order", "identityHashCode"),
                    type("java.util.IdentityHashMap", ORDER),
                    type("java.util.WeakHashMap", ORDER),
                    type("java.util.Timer", TIMERS),
                    type("java.lang.Thread", LOOP),
                    type("java.lang.ThreadLocal", LOOP),
                    type("java.lang.InheritableThreadLocal", LOOP),
                    types("java.util.concurrent.", LOOP),
                    methods("java.util.", LOOP, "parallelStream", "parallel"),
                    methods("java.util.Arrays", LOOP, "parallelSort", "parallelPrefix"),
                    methods("java.util.Arrays", LOOP, "parallelSetAll"),
                    type("java.util.Random", CHANCE),
                    type("java.security.SecureRandom", CHANCE),
                    methods("java.util.UUID", CHANCE, "randomUUID"),
                    methods("java.lang.Math", CHANCE, "random"),
                    methods("java.lang.StrictMath", CHANCE, "random"),
                    methods("java.util.random.RandomGenerator", CHANCE, "of", "getDefault"),
                    methods("java.util.Collections", "give shuffle a RandomGenerator", "shuffle")
                            .withParameters(1),
                    unseeded("java.util.SplittableRandom"),
                    type("java.util.HashMap", ORDER),
                    type("java.util.HashSet", ORDER),
                    methods("java.util.Set", ORDER, "of", "copyOf"),
                    methods("java.util.Map", ORDER, "of", "copyOf", "ofEntries"),
                    methods("java.util.stream.Collectors", ORDER, "toSet"),
                    methods("java.util.stream.Collectors", ORDER, "toUnmodifiableSet"),
                    methods("java.util.stream.Collectors", ORDER, "toUnmodifiableMap"),
                    // With a map factory, the caller says which order.
                    methods("java.util.stream.Collectors", ORDER, "toMap").withParameters(2, 3),
                    methods("java.util.stream.Collectors", ORDER, "groupingBy")
                            .withParameters(1, 2),
                    methods("io.smallrye.mutiny.", LOOP, "emitOn", "runSubscriptionOn"),
                    methods("io.smallrye.mutiny.", "nothing here may block", "await"),
                    methods("io.smallrye.mutiny.", "nothing here may block", "awaitUsing"),
                    methods("io.smallrye.mutiny.", EXECUTOR, "delayIt", "ifNoItem", "ticks"),
                    methods("io.smallrye.mutiny.", EXECUTOR, "withBackOff", "expireIn"),
                    methods("io.smallrye.mutiny.", EXECUTOR, "expireAt"),
                    types("io.smallrye.mutiny.infrastructure.", LOOP));

    private Determinism() {}

    /// The contract as a condition on a class, over what it names and what it calls.
    public static ArchCondition<JavaClass> hold() {
        return new ArchCondition<>("not touch time, threads, chance or unstable order") {
            @Override
            public void check(JavaClass subject, ConditionEvents events) {
                subject.getDirectDependenciesFromSelf().stream()
                        .forEach(dependency -> checkType(subject, dependency, events));
                subject.getCodeUnitAccessesFromSelf().stream()
                        .filter(access -> !isStableByItself(access))
                        .forEach(access -> checkCall(subject, access, events));
            }
        };
    }

    private static void checkType(
            JavaClass subject, Dependency dependency, ConditionEvents events) {
        var name = dependency.getTargetClass().getBaseComponentType().getName();
        // A reference to a method that a linked collection inherits names the class it is from;
        // what matters there is the collection, and that was seen where it was made.
        var description = dependency.getDescription();
        var inherited = description.contains("> references method <java.util.Hash");
        for (Ban ban : BANS) {
            if (ban.type().test(name) && !inherited) {
                events.add(violation(subject, dependency.getDescription(), ban));
            }
        }
    }

    private static void checkCall(
            JavaClass subject, JavaCodeUnitAccess<?> access, ConditionEvents events) {
        for (Ban ban : BANS) {
            if (ban.call().test(access.getTarget())) {
                events.add(violation(subject, access.getDescription(), ban));
            }
        }
    }

    /// A collection may be handed a set of one element or none: these have but one order.
    private static boolean isStableByItself(JavaCodeUnitAccess<?> access) {
        var target = access.getTarget();
        var owner = target.getOwner().getName();
        var parameters = target.getRawParameterTypes();
        if (!target.getName().equals("of") || parameters.stream().anyMatch(JavaClass::isArray)) {
            return false;
        }
        return owner.equals("java.util.Set") && parameters.size() <= 1
                || owner.equals("java.util.Map") && parameters.size() <= 2;
    }

    private static ConditionEvent violation(JavaClass subject, String what, Ban ban) {
        return SimpleConditionEvent.violated(subject, what + ": " + ban.instead());
    }

    private static Ban type(String name, String instead) {
        return new Ban(name::equals, _ -> false, instead);
    }

    private static Ban types(String prefix, String instead) {
        return new Ban(name -> name.startsWith(prefix), _ -> false, instead);
    }

    /// Methods by name, of one class or of all those whose name starts with a prefix.
    private static Ban methods(String owner, String instead, String... names) {
        Predicate<String> owners = owner.endsWith(".") ? it -> it.startsWith(owner) : owner::equals;
        return new Ban(
                _ -> false,
                target ->
                        owners.test(target.getOwner().getName())
                                && List.of(names).contains(target.getName()),
                instead);
    }

    private static Ban unseeded(String owner) {
        return methods(owner, CHANCE, "<init>").withParameters(0);
    }

    private record Ban(
            Predicate<String> type, Predicate<CodeUnitAccessTarget> call, String instead) {

        Ban withParameters(Integer... counts) {
            return new Ban(
                    type,
                    call.and(it -> List.of(counts).contains(it.getRawParameterTypes().size())),
                    instead);
        }
    }
}
