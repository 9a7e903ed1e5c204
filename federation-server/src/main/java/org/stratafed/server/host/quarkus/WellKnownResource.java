package org.stratafed.server.host.quarkus;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.stratafed.api.model.json.JsonObject;

/// Where this server's federation is, if it isn't where its name says.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#getwell-knownmatrixserver">GET
///     /.well-known/matrix/server</a>
@Path("/.well-known/matrix/server")
@Singleton
public final class WellKnownResource {

    private static final int NOT_FOUND = 404;

    private final HostSettings settings;

    WellKnownResource(HostSettings settings) {
        this.settings = settings;
    }

    @GET
    public Response server() {
        return settings.wellKnownServer()
                .map(server -> JsonObject.builder().put("m.server", server.value()).build())
                .map(body -> Response.ok(body.toString(), MediaType.APPLICATION_JSON_TYPE).build())
                .orElseGet(() -> Response.status(NOT_FOUND).build());
    }
}
