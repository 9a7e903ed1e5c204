package org.stratafed.simulator.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.stratafed.server.engine.HomeserverSettings;
import org.stratafed.simulator.host.EngineFactory;

/// The engine's classes once more, beside the ones the tests run with, and one method of them is
/// another. So production code needs no switch for it, and nothing else notices: the simulator and
/// its hostile peers keep to the classes that are as they should be.
final class TamperedCode extends ClassLoader {

    private static final String ENGINE = "org.stratafed.server.engine.";

    /// What the simulator hands to the engine: the same class for both.
    private static final String SETTINGS = HomeserverSettings.class.getName();

    private final Map<String, byte[]> changed;

    static {
        registerAsParallelCapable();
    }

    private TamperedCode(ClassLoader parent, Map<String, byte[]> changed) {
        super("tampered", parent);
        this.changed = changed;
    }

    /// Builds engines with this fault.
    static EngineFactory enginesWith(PlantedFault fault) throws ReflectiveOperationException {
        var factory = with(fault).loadClass(TamperedEngine.Factory.class.getName());
        var constructor = factory.getDeclaredConstructor();
        constructor.setAccessible(true);
        return (EngineFactory) constructor.newInstance();
    }

    private static TamperedCode with(PlantedFault fault) {
        var parent = TamperedCode.class.getClassLoader();
        var locator = ClassFileLocator.ForClassLoader.of(parent);
        var pool = TypePool.Default.of(locator);
        var target = pool.describe(fault.target()).resolve();
        requireSeam(target, fault);
        var made =
                new ByteBuddy()
                        .rebase(target, locator)
                        .method(ElementMatchers.named(fault.method()))
                        .intercept(
                                MethodDelegation.to(
                                        pool.describe(fault.variant().getName()).resolve()))
                        .make();
        var changed = new HashMap<String, byte[]>();
        made.getAllTypes().forEach((type, bytes) -> changed.put(type.getName(), bytes));
        return new TamperedCode(parent, changed);
    }

    private static void requireSeam(TypeDescription target, PlantedFault fault) {
        long methods =
                target.getDeclaredMethods().stream()
                        .filter(method -> method.getName().equals(fault.method()))
                        .count();
        if (methods != 1) {
            throw new IllegalArgumentException(
                    fault.title() + ": " + methods + " methods " + fault.method());
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isDoubled(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private static boolean isDoubled(String name) {
        return name.startsWith(ENGINE) && !name.equals(SETTINGS)
                || name.startsWith(TamperedEngine.class.getName());
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        var bytes = changed.containsKey(name) ? changed.get(name) : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (var stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
