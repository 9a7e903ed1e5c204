package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonValue;

/// Asks the server of an alias which room it stands for.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#querying-for-information">
///     Querying for information</a>
public final class QueryDirectory {

    /// Mostly names of servers, of which there may be thousands.
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    public static final Endpoint<RoomAlias, DirectoryAnswer> ENDPOINT =
            new Endpoint<>(
                    "query_directory",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/query/directory"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private QueryDirectory() {}

    private static final class Question implements QuestionCodec<RoomAlias> {

        @Override
        public RequestParts encode(RoomAlias alias) {
            return new RequestParts(
                    List.of(),
                    List.of(new QueryParameter("room_alias", alias.value())),
                    Optional.empty());
        }

        @Override
        public RoomAlias decode(RequestParts parts) {
            return QuestionReader.query(parts, "room_alias", RoomAlias::parse);
        }
    }

    private static final class Answer implements AnswerCodec<DirectoryAnswer> {

        @Override
        public JsonValue encode(DirectoryAnswer answer) {
            var servers = answer.servers().stream().map(ServerName::value).toList();
            return JsonObject.builder()
                    .put("room_id", answer.room().value())
                    .put("servers", JsonArray.ofStrings(servers))
                    .build();
        }

        @Override
        public DirectoryAnswer decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            return new DirectoryAnswer(
                    AnswerReader.string(answer, "room_id", RoomId::parse),
                    AnswerReader.servers(answer, "servers"));
        }
    }
}
