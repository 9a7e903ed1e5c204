package org.stratafed.api.layer.transport.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.stratafed.api.layer.transport.endpoint.RequestParts.QueryParameter;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.RoomSummary;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;

/// Asks for a space and the rooms in it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#spaces">Spaces</a>
public final class Hierarchy {

    /// Some hundred rooms with long topics. It isn't paged.
    private static final int ANSWER_BYTES_MAX = 8 << 20;

    /// Of a peer's answer. What comes after these is left out.
    private static final int ROOMS_MAX = 1_000;

    public static final Endpoint<HierarchyRequest, SpaceHierarchy> ENDPOINT =
            new Endpoint<>(
                    "hierarchy",
                    "GET",
                    new PathTemplate("/_matrix/federation/v1/hierarchy/{roomId}"),
                    Endpoint.NO_BODY,
                    ANSWER_BYTES_MAX,
                    new Question(),
                    new Answer());

    private Hierarchy() {}

    private static final class Question implements QuestionCodec<HierarchyRequest> {

        private static final String SUGGESTED_ONLY = "suggested_only";

        @Override
        public RequestParts encode(HierarchyRequest question) {
            return new RequestParts(
                    List.of(question.room().value()),
                    List.of(
                            new QueryParameter(
                                    SUGGESTED_ONLY, Boolean.toString(question.suggestedOnly()))),
                    Optional.empty());
        }

        @Override
        public HierarchyRequest decode(RequestParts parts) {
            return new HierarchyRequest(
                    QuestionReader.path(parts, 0, "roomId", RoomId::parse),
                    QuestionReader.flag(parts, SUGGESTED_ONLY));
        }
    }

    private static final class Answer implements AnswerCodec<SpaceHierarchy> {

        private static final String CHILDREN_STATE = "children_state";

        @Override
        public JsonValue encode(SpaceHierarchy answer) {
            var children = answer.children().stream().map(RoomSummaryFormat::write).toList();
            var inaccessible = answer.inaccessible().stream().map(RoomId::value).toList();
            return JsonObject.builder()
                    .put(
                            "room",
                            RoomSummaryFormat.write(answer.room())
                                    .with(CHILDREN_STATE, JsonArray.of(answer.childrenState())))
                    .put("children", JsonArray.of(children))
                    .put("inaccessible_children", JsonArray.ofStrings(inaccessible))
                    .build();
        }

        @Override
        public SpaceHierarchy decode(JsonValue json) {
            var answer = AnswerReader.object(json);
            var room = AnswerReader.object(answer, "room");
            return new SpaceHierarchy(
                    summary(room),
                    objects(room, CHILDREN_STATE).toList(),
                    objects(answer, "children")
                            .flatMap(child -> RoomSummaryFormat.read(child).stream())
                            .toList(),
                    inaccessible(answer));
        }

        private static RoomSummary summary(JsonObject room) {
            return RoomSummaryFormat.read(room)
                    .orElseThrow(() -> new IllegalArgumentException("room has no room_id"));
        }

        private static Stream<JsonObject> objects(JsonObject answer, String key) {
            return answer.array(key).orElse(JsonArray.empty()).objects().stream().limit(ROOMS_MAX);
        }

        private static List<RoomId> inaccessible(JsonObject answer) {
            return answer.array("inaccessible_children").orElse(JsonArray.empty()).items().stream()
                    .limit(ROOMS_MAX)
                    .flatMap(Answer::room)
                    .toList();
        }

        private static Stream<RoomId> room(JsonValue item) {
            return item instanceof JsonString(var id) ? RoomId.parse(id).stream() : Stream.empty();
        }
    }
}
