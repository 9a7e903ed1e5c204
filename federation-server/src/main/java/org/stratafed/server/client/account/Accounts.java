package org.stratafed.server.client.account;

import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.server.client.account.AccountStore.NewAccount;
import org.stratafed.server.client.account.AccountStore.NewLogin;

/// Local accounts: registering, logging in and out.
///
/// The `Uni`s are to be subscribed on the engine loop, and complete there or on a password thread.
public final class Accounts {

    private static final int DEVICE_ID_CHARS = 10;

    private final AccountStore store;
    private final MessagingLayer messaging;
    private final Passwords passwords;
    private final ServerName local;
    private final InstantSource clock;
    private final SecureRandom random;

    public Accounts(
            AccountStore store,
            MessagingLayer messaging,
            Passwords passwords,
            ServerName local,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.messaging = messaging;
        this.passwords = passwords;
        this.local = local;
        this.clock = clock;
        this.random = random;
    }

    /// Who has this access token.
    public Uni<Caller> caller(String accessToken) {
        return store.caller(AccessTokens.hash(accessToken))
                .map(
                        caller ->
                                caller.orElseThrow(
                                        () ->
                                                new MatrixException(
                                                        MatrixErrorCode.UNKNOWN_TOKEN,
                                                        "Unknown access token")));
    }

    /// The user with this localpart, if one may be made.
    public UserId newUser(String localpart) {
        return UserId.parse("@" + localpart + ":" + local)
                .filter(_ -> UserId.isValidNewLocalpart(localpart))
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        MatrixErrorCode.INVALID_USERNAME,
                                        "A username has a-z, 0-9 and ._=/+- only"));
    }

    /// A localpart for somebody who has no wish.
    public String freshLocalpart() {
        return letters("abcdefghijklmnopqrstuvwxyz");
    }

    /// Fails with `M_USER_IN_USE` if there is such an account.
    public Uni<Void> checkAvailable(UserId user) {
        return store.passwordHash(user)
                .invoke(
                        hash -> {
                            if (hash.isPresent()) {
                                throw inUse();
                            }
                        })
                .replaceWithVoid();
    }

    /// Makes an account. The rooms come to know it first: should the server stop between the two,
    /// registering again goes on from there.
    public Uni<Void> register(UserId user, String password, boolean admin) {
        return checkAvailable(user)
                .chain(() -> messaging.profiles().register(user))
                .onFailure(Accounts::isKnown)
                .recoverWithUni(() -> checkAvailable(user))
                .chain(() -> passwords.hash(password))
                .chain(hash -> store.add(new NewAccount(user, hash, admin, clock.millis())))
                .invoke(
                        added -> {
                            if (!added) {
                                throw inUse();
                            }
                        })
                .replaceWithVoid();
    }

    /// Logs in with a password.
    ///
    /// @param name a user ID, or the localpart of one here
    public Uni<LoggedIn> login(String name, String password, DeviceWish device) {
        Optional<UserId> user =
                name.startsWith("@") ? UserId.parse(name) : UserId.parse("@" + name + ":" + local);
        Uni<Optional<String>> hash =
                user.filter(it -> it.server().equals(local))
                        .map(store::passwordHash)
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
        return hash.chain(kept -> passwords.check(password, kept))
                .chain(
                        isRight -> {
                            if (!isRight) {
                                throw MatrixException.forbidden("Invalid username or password");
                            }
                            return login(user.orElseThrow(), device);
                        });
    }

    /// Logs in somebody who has proved to be the user.
    public Uni<LoggedIn> login(UserId user, DeviceWish wish) {
        DeviceId device =
                wish.device().orElseGet(() -> new DeviceId(letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
        var caller = new Caller(user, device);
        String token = AccessTokens.fresh(random);
        return store.addLogin(
                        new NewLogin(
                                caller,
                                wish.displayName(),
                                AccessTokens.hash(token),
                                clock.millis()))
                .replaceWith(new LoggedIn(caller, token));
    }

    public Uni<Void> logout(Caller caller) {
        return store.removeDevice(caller);
    }

    public Uni<Void> logoutEverywhere(UserId user) {
        return store.removeDevices(user);
    }

    private String letters(String alphabet) {
        return random.ints(DEVICE_ID_CHARS, 0, alphabet.length())
                .collect(
                        StringBuilder::new,
                        (text, index) -> text.append(alphabet.charAt(index)),
                        StringBuilder::append)
                .toString();
    }

    private static boolean isKnown(Throwable failure) {
        return failure instanceof MatrixException error
                && error.code() == MatrixErrorCode.USER_IN_USE;
    }

    private static MatrixException inUse() {
        return new MatrixException(MatrixErrorCode.USER_IN_USE, "The username is taken");
    }
}
