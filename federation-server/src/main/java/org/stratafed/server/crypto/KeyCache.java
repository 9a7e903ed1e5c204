package org.stratafed.server.crypto;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/// What a library made of the bytes of keys, since making it costs nearly as much as using it.
/// Keeps those that are used most. Used from any thread.
///
/// @param <K> the library's form of a key
final class KeyCache<K> {

    /// A large room has a few thousand servers, most with one key.
    static final int KEYS_MAX = 8_192;

    private final LoadingCache<ByteBuffer, Optional<K>> keys;

    /// @param read reads the bytes, or finds that they are no key
    KeyCache(Function<byte[], Optional<K>> read) {
        keys =
                Caffeine.newBuilder()
                        .maximumSize(KEYS_MAX)
                        .executor(Runnable::run)
                        .build(bytes -> read.apply(bytes.array()));
    }

    Optional<K> get(byte[] bytes) {
        return keys.get(ByteBuffer.wrap(bytes.clone()));
    }
}
