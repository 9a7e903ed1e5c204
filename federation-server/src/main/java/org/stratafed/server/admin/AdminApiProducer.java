package org.stratafed.server.admin;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.stratafed.api.layer.pdu.Explanations;
import org.stratafed.server.host.Administrators;
import org.stratafed.server.host.vertx.EngineLoop;

/// Makes the admin API out of what the host has.
public final class AdminApiProducer {

    @Produces
    @Singleton
    AdminApi api(Explanations explanations, Administrators administrators, EngineLoop loop) {
        return new AdminApi(
                explanations, administrators, loop, Infrastructure.getDefaultWorkerPool());
    }
}
