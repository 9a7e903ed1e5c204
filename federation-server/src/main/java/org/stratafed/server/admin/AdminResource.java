package org.stratafed.server.admin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;

/// The admin API in HTTP. What is asked about is a parameter of the query, where every character of
/// an identifier comes through as it was sent.
@Path("/_strata/admin/v1")
@Singleton
public final class AdminResource {

    private static final Logger LOG = Logger.getLogger(AdminResource.class);
    private static final int OK = 200;

    private final AdminApi api;

    AdminResource(AdminApi api) {
        this.api = api;
    }

    @GET
    @Path("/explain/event")
    public Uni<Response> explainEvent(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("event_id") String event) {
        return answered(
                api.explainEvent(Optional.ofNullable(authorization), Optional.ofNullable(event)));
    }

    @GET
    @Path("/explain/room")
    public Uni<Response> explainRoom(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("room_id") String room) {
        return answered(
                api.explainRoom(Optional.ofNullable(authorization), Optional.ofNullable(room)));
    }

    @GET
    @Path("/explain/origin")
    public Uni<Response> explainOrigin(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("server") String server) {
        return answered(
                api.explainOrigin(Optional.ofNullable(authorization), Optional.ofNullable(server)));
    }

    private static Uni<Response> answered(Uni<JsonObject> answer) {
        return answer.map(body -> response(OK, body))
                .onFailure()
                .recoverWithItem(AdminResource::failed);
    }

    private static Response failed(Throwable failure) {
        if (failure instanceof MatrixException error) {
            return response(error.status(), error.body());
        }
        LOG.error("Defect answering an administrator", failure);
        return failed(new MatrixException(MatrixErrorCode.UNKNOWN, "Internal error"));
    }

    private static Response response(int status, JsonObject body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonWriter.write(body))
                .build();
    }
}
