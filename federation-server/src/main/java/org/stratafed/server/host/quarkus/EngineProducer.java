package org.stratafed.server.host.quarkus;

import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.pdu.Explanations;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.WireHandler;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.crypto.StrictSignatures;
import org.stratafed.server.engine.Homeserver;
import org.stratafed.server.engine.HomeserverSettings;
import org.stratafed.server.host.RegistrationSettings;
import org.stratafed.server.host.vertx.DnsNameResolver;
import org.stratafed.server.host.vertx.EngineLoop;
import org.stratafed.server.host.vertx.LoggingTelemetry;
import org.stratafed.server.host.vertx.TrustedAuthorities;
import org.stratafed.server.host.vertx.VertxTimers;
import org.stratafed.server.host.vertx.VertxWire;
import org.stratafed.server.host.vertx.WorkerCompute;
import org.stratafed.server.store.sql.ServerIdentity.WrongIdentityException;
import org.stratafed.server.store.sql.SqlSessions;
import org.stratafed.server.store.sqlite.DatabaseInUseException;
import org.stratafed.server.store.sqlite.SqliteDatabase;

/// Makes the homeserver and what it needs, each once, for whoever injects it. What has to be
/// closed is closed by [ServerLifecycle], in order.
public final class EngineProducer {

    @Produces
    @Singleton
    HostSettings settings(ServerSettings written) {
        return new SettingsReader(written, LaunchMode.current().isDevOrTest()).read();
    }

    @Produces
    @Singleton
    ServerName serverName(HostSettings settings) {
        return settings.serverName();
    }

    /// Of new rooms whose creator doesn't ask for another.
    @Produces
    @Singleton
    RoomVersion defaultRoomVersion(HostSettings settings) {
        return settings.defaultRoomVersion();
    }

    @Produces
    @Singleton
    RegistrationSettings registration(HostSettings settings) {
        return settings.registration();
    }

    @Produces
    @Singleton
    EngineLoop loop(Vertx vertx) {
        return new EngineLoop(vertx);
    }

    /// Locked and brought up to date when this returns.
    @Produces
    @Singleton
    SqliteDatabase database(HostSettings settings, EngineLoop loop) {
        try {
            return SqliteDatabase.open(settings.databaseFile(), settings.serverName(), loop);
        } catch (DatabaseInUseException | WrongIdentityException failure) {
            throw new WrongSettingException(failure.getMessage());
        } catch (UncheckedIOException failure) {
            throw new WrongSettingException(
                    "The database "
                            + settings.databaseFile()
                            + " cannot be opened ("
                            + failure.getCause().getMessage()
                            + "): let the server read and write it, or set strata.data-dir to"
                            + " another directory.");
        }
    }

    @Produces
    @Singleton
    SqlSessions sessions(SqliteDatabase database) {
        return database.sessions();
    }

    @Produces
    @Singleton
    WorkerCompute compute(EngineLoop loop) {
        return new WorkerCompute(loop);
    }

    @Produces
    @Singleton
    DnsNameResolver names(EngineLoop loop) {
        return new DnsNameResolver(loop);
    }

    @Produces
    @Singleton
    VertxWire wire(EngineLoop loop, HostSettings settings) {
        try {
            return new VertxWire(loop, TrustedAuthorities.systemAnd(settings.trustedAuthorities()));
        } catch (TrustedAuthorities.UnreadableException failure) {
            throw new WrongSettingException(
                    failure.getMessage()
                            + ": set strata.federation.trusted-ca to PEM files of certificate"
                            + " authorities.");
        }
    }

    @Produces
    @Singleton
    Telemetry telemetry() {
        return new LoggingTelemetry(Clock.systemUTC());
    }

    @Produces
    @Singleton
    StrictSignatures signatures() {
        return SignatureProviders.fastest();
    }

    /// The key that the database was used with from the start.
    @Produces
    @Singleton
    SigningKey signingKey(
            HostSettings settings, SqliteDatabase database, StrictSignatures signatures) {
        var key =
                new SigningKeyFile(settings.signingKeyFile(), new SecureRandom())
                        .readOrMake(database.signingKey());
        try {
            database.confirmSigningKey(signatures.verifyKey(key));
        } catch (WrongIdentityException failure) {
            throw new WrongSettingException(failure.getMessage());
        }
        return key;
    }

    @Produces
    @Singleton
    HomeserverEnvironment environment(
            VertxWire wire,
            DnsNameResolver names,
            WorkerCompute compute,
            StrictSignatures signatures,
            SqliteDatabase database,
            EngineLoop loop,
            Telemetry telemetry) {
        return new HomeserverEnvironment(
                wire,
                names,
                new VertxTimers(loop),
                compute,
                signatures,
                telemetry,
                Clock.systemUTC(),
                new SecureRandom(),
                database.stores());
    }

    /// @param product told of new events, if there is such a bean
    @Produces
    @Singleton
    Homeserver homeserver(
            HomeserverEnvironment environment,
            HostSettings settings,
            SigningKey key,
            Instance<MessagingHandler> product) {
        return new Homeserver(
                environment,
                new HomeserverSettings(
                        settings.serverName(),
                        key,
                        List.of(),
                        settings.defaultRoomVersion(),
                        settings.allowPrivateAddresses()),
                product.isResolvable() ? product.get() : MessagingHandler.none());
    }

    @Produces
    @Singleton
    MessagingLayer messaging(Homeserver homeserver) {
        return homeserver.messaging();
    }

    @Produces
    @Singleton
    Explanations explanations(Homeserver homeserver) {
        return homeserver.explanations();
    }

    @Produces
    @Singleton
    WireHandler wireHandler(Homeserver homeserver) {
        return homeserver.wireHandler();
    }
}
