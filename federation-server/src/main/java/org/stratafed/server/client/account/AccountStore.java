package org.stratafed.server.client.account;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.server.store.sql.SqlSessions;

/// Accounts, devices and access tokens in tables.
public final class AccountStore {

    private final SqlSessions sessions;

    public AccountStore(SqlSessions sessions) {
        this.sessions = sessions;
    }

    /// An account to be made.
    ///
    /// @param createdTs in milliseconds since the epoch
    public record NewAccount(UserId user, String passwordHash, boolean admin, long createdTs) {}

    /// A login to be kept.
    ///
    /// @param createdTs in milliseconds since the epoch
    public record NewLogin(
            Caller caller, Optional<String> deviceName, byte[] tokenHash, long createdTs) {}

    /// False if there is such an account already.
    public Uni<Boolean> add(NewAccount account) {
        return sessions.write(
                session ->
                        session.update(
                                        AccountStatements.ADD_ACCOUNT,
                                        account.user().value(),
                                        account.passwordHash(),
                                        account.admin() ? 1 : 0,
                                        account.createdTs())
                                > 0);
    }

    /// The hash of the user's password, if there is such an account.
    public Uni<Optional<String>> passwordHash(UserId user) {
        return sessions.read(
                session ->
                        session.first(
                                AccountStatements.PASSWORD_HASH, row -> row.text(1), user.value()));
    }

    /// Keeps a login, which ends earlier ones of the same device.
    public Uni<Void> addLogin(NewLogin login) {
        String user = login.caller().user().value();
        String device = login.caller().device().value();
        return sessions.write(
                session -> {
                    session.update(
                            AccountStatements.SAVE_DEVICE,
                            user,
                            device,
                            login.deviceName(),
                            login.createdTs());
                    session.update(AccountStatements.REMOVE_TOKENS_OF_DEVICE, user, device);
                    session.update(AccountStatements.ADD_TOKEN, login.tokenHash(), user, device);
                    return null;
                });
    }

    public Uni<Optional<Caller>> caller(byte[] tokenHash) {
        return sessions.read(
                session ->
                        session.first(
                                AccountStatements.CALLER,
                                row ->
                                        new Caller(
                                                new UserId(row.text(1)), new DeviceId(row.text(2))),
                                tokenHash));
    }

    /// Whether the account with this token is an administrator's; empty if there is none.
    public Uni<Optional<Boolean>> isAdmin(byte[] tokenHash) {
        return sessions.read(
                session ->
                        session.first(
                                AccountStatements.IS_ADMIN, row -> row.number(1) != 0, tokenHash));
    }

    /// Removes the device with its access token.
    public Uni<Void> removeDevice(Caller caller) {
        String user = caller.user().value();
        String device = caller.device().value();
        return sessions.write(
                session -> {
                    session.update(AccountStatements.REMOVE_TOKENS_OF_DEVICE, user, device);
                    session.update(AccountStatements.REMOVE_DEVICE, user, device);
                    return null;
                });
    }

    /// Removes all devices of the user, with all access tokens.
    public Uni<Void> removeDevices(UserId user) {
        return sessions.write(
                session -> {
                    session.update(AccountStatements.REMOVE_TOKENS, user.value());
                    session.update(AccountStatements.REMOVE_DEVICES, user.value());
                    return null;
                });
    }
}
