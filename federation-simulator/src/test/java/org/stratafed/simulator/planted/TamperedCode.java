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

/// The project's classes once more, beside the ones the tests run with, and one method of them is
/// another. So production code needs no switch for it, and nothing else notices.
final class TamperedCode extends ClassLoader {

    private static final String OURS = "org.stratafed.";

    private final Map<String, byte[]> changed;

    static {
        registerAsParallelCapable();
    }

    private TamperedCode(ClassLoader parent, Map<String, byte[]> changed) {
        super("tampered", parent);
        this.changed = changed;
    }

    static TamperedCode with(PlantedFault fault) {
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
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
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
