package org.stratafed.server.client;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.server.client.account.AccountStore;
import org.stratafed.server.client.account.StoredAdministrators;
import org.stratafed.server.host.Administrators;
import org.stratafed.server.host.LongPolls;
import org.stratafed.server.host.RegistrationSettings;
import org.stratafed.server.host.vertx.EngineLoop;
import org.stratafed.server.store.sql.SqlSessions;

/// Makes the client API out of what the host has.
public final class ClientApiProducer {

    @Produces
    @Singleton
    ClientApi.Parts parts(
            MessagingLayer messaging,
            SqlSessions sessions,
            ServerName local,
            RoomVersion defaultVersion,
            RegistrationSettings registration,
            LongPolls waits) {
        return new ClientApi.Parts(messaging, sessions, local, defaultVersion, registration, waits);
    }

    @Produces
    @Singleton
    ClientApi api(ClientApi.Parts parts, EngineLoop loop) {
        return new ClientApi(
                parts,
                loop,
                Infrastructure.getDefaultWorkerPool(),
                InstantSource.system(),
                new SecureRandom());
    }

    @Produces
    @Singleton
    Administrators administrators(SqlSessions sessions) {
        return new StoredAdministrators(new AccountStore(sessions));
    }

    void close(@Disposes ClientApi api) {
        api.close();
    }
}
