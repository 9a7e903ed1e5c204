package org.stratafed.server.admin;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.stratafed.api.layer.pdu.Explanations;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.host.Administrators;

/// What an administrator can ask of this server. Fails with a [MatrixException] if the answer is
/// no.
public final class AdminApi {

    private static final String BEARER = "Bearer ";

    private final Explanations explanations;
    private final Administrators administrators;
    private final Executor loop;
    private final Executor workers;

    /// @param loop the engine's
    /// @param workers for what is made of the engine's answers
    public AdminApi(
            Explanations explanations,
            Administrators administrators,
            Executor loop,
            Executor workers) {
        this.explanations = explanations;
        this.administrators = administrators;
        this.loop = loop;
        this.workers = workers;
    }

    /// Why an event is what it is.
    ///
    /// @param authorization the header of that name
    public Uni<JsonObject> explainEvent(Optional<String> authorization, Optional<String> event) {
        return asked(authorization, () -> parsed("event_id", event, EventId::parse))
                .chain(id -> call(() -> explanations.event(id)))
                .map(
                        found ->
                                ExplanationJson.of(
                                        found.orElseThrow(
                                                () ->
                                                        MatrixException.notFound(
                                                                "No copy of this event was seen,"
                                                                        + " or none is"
                                                                        + " remembered"))));
    }

    /// What state a room is in.
    public Uni<JsonObject> explainRoom(Optional<String> authorization, Optional<String> room) {
        return asked(authorization, () -> parsed("room_id", room, RoomId::parse))
                .chain(id -> call(() -> explanations.room(id)))
                .map(
                        found ->
                                ExplanationJson.of(
                                        found.orElseThrow(
                                                () ->
                                                        MatrixException.notFound(
                                                                "This server is not in the"
                                                                        + " room"))));
    }

    /// Which of a server's events were dropped.
    public Uni<JsonObject> explainOrigin(Optional<String> authorization, Optional<String> server) {
        return asked(authorization, () -> parsed("server", server, ServerName::parse))
                .chain(
                        name ->
                                call(() -> explanations.dropped(name))
                                        .map(dropped -> ExplanationJson.of(name, dropped)));
    }

    private <T> Uni<T> call(Supplier<Uni<? extends T>> question) {
        return Uni.createFrom().<T>deferred(question).runSubscriptionOn(loop).emitOn(workers);
    }

    /// Who asks is looked at before what is asked.
    private <T> Uni<T> asked(Optional<String> authorization, Supplier<T> question) {
        return call(() -> administrators.isAdministrator(token(authorization)))
                .map(
                        known -> {
                            if (known.isEmpty()) {
                                throw new MatrixException(
                                        MatrixErrorCode.UNKNOWN_TOKEN, "Unknown access token");
                            }
                            if (!known.get()) {
                                throw MatrixException.forbidden("This takes an administrator");
                            }
                            return question.get();
                        });
    }

    private static String token(Optional<String> authorization) {
        return authorization
                .filter(it -> it.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(it -> it.substring(BEARER.length()).strip())
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        MatrixErrorCode.MISSING_TOKEN, "Missing access token"));
    }

    private static <T> T parsed(
            String name, Optional<String> text, Function<String, Optional<T>> parser) {
        return text.flatMap(parser)
                .orElseThrow(
                        () ->
                                MatrixException.invalidParam(
                                        "The parameter " + name + " is missing or malformed"));
    }
}
