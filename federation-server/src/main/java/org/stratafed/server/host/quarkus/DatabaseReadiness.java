package org.stratafed.server.host.quarkus;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.stratafed.server.host.vertx.EngineLoop;
import org.stratafed.server.store.sql.SqlSessions;

/// Whether the database is read, for monitoring.
@Readiness
@Singleton
public final class DatabaseReadiness implements AsyncHealthCheck {

    private static final String NAME = "database";
    private static final String ANYTHING = "SELECT name FROM meta";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SqlSessions sessions;
    private final EngineLoop loop;

    DatabaseReadiness(SqlSessions sessions, EngineLoop loop) {
        this.sessions = sessions;
        this.loop = loop;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return loop.call(
                        () -> sessions.read(session -> session.first(ANYTHING, row -> row.text(1))))
                .map(_ -> HealthCheckResponse.up(NAME))
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(HealthCheckResponse.down(NAME))
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down(NAME));
    }
}
