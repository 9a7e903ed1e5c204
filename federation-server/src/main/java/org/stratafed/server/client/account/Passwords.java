package org.stratafed.server.client.account;

import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;

/// Hashes and checks passwords on threads of its own, few at a time: hashing is made to be costly,
/// and anybody may ask for it.
public final class Passwords implements AutoCloseable {

    static final int PASSWORD_CHARS_MAX = 512;

    private static final int THREADS = 2;
    private static final int WAITING_MAX = 64;

    private final PasswordHashing hashing;

    /// What the password of an account is checked against that isn't there, so that finding that
    /// out takes as long.
    private final String nobodys;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(WAITING_MAX),
                    Thread.ofPlatform().name("passwords-", 0).daemon().factory());

    public Passwords(SecureRandom random) {
        hashing = new PasswordHashing(random);
        nobodys = hashing.ofNoPassword();
        threads.allowCoreThreadTimeOut(true);
    }

    /// The hash to keep of a new password.
    public Uni<String> hash(String password) {
        if (password.length() > PASSWORD_CHARS_MAX) {
            throw MatrixException.invalidParam("The password is too long");
        }
        return run(() -> hashing.hash(password));
    }

    /// Whether this is the password.
    ///
    /// @param hash of the account, if there is one
    public Uni<Boolean> check(String password, Optional<String> hash) {
        if (password.length() > PASSWORD_CHARS_MAX) {
            return Uni.createFrom().item(false);
        }
        return run(
                () -> PasswordHashing.matches(password, hash.orElse(nobodys)) && hash.isPresent());
    }

    private <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(threads)
                .onFailure(RejectedExecutionException.class)
                .transform(
                        _ ->
                                new MatrixException(
                                        MatrixErrorCode.LIMIT_EXCEEDED, "Too many logins"));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
