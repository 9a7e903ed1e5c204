package org.stratafed.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.pdu.EventExplanation;
import org.stratafed.api.layer.pdu.Explanations;
import org.stratafed.api.layer.pdu.RoomExplanation;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.Arrival;
import org.stratafed.api.model.event.AuthRule;
import org.stratafed.api.model.event.DroppedPdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersion;

class AdminApiTest {

    private static final EventId EVENT = new EventId("$a/b+c");
    private static final Optional<String> ADMIN = Optional.of("Bearer admin");

    private final AdminApi api =
            new AdminApi(
                    new OneEvent(),
                    token ->
                            Uni.createFrom()
                                    .item(
                                            Optional.ofNullable(
                                                    Map.of("admin", true, "user", false)
                                                            .get(token))),
                    Runnable::run,
                    Runnable::run);

    @Test
    void onlyAnAdministratorIsAnswered() {
        var event = Optional.of(EVENT.value());
        assertFails(api.explainEvent(Optional.empty(), event), MatrixErrorCode.MISSING_TOKEN);
        assertFails(api.explainEvent(Optional.of("Basic x"), event), MatrixErrorCode.MISSING_TOKEN);
        assertFails(
                api.explainEvent(Optional.of("Bearer who"), event), MatrixErrorCode.UNKNOWN_TOKEN);
        assertFails(api.explainEvent(Optional.of("Bearer user"), event), MatrixErrorCode.FORBIDDEN);
        assertFails(api.explainRoom(Optional.of("Bearer user"), event), MatrixErrorCode.FORBIDDEN);
        assertFails(
                api.explainOrigin(Optional.of("Bearer user"), event), MatrixErrorCode.FORBIDDEN);
    }

    @Test
    void whatIsMalformedOrUnknownIsSaidToBe() {
        assertFails(api.explainEvent(ADMIN, Optional.empty()), MatrixErrorCode.INVALID_PARAM);
        assertFails(api.explainEvent(ADMIN, Optional.of("x")), MatrixErrorCode.INVALID_PARAM);
        assertFails(api.explainRoom(ADMIN, Optional.of("x")), MatrixErrorCode.INVALID_PARAM);
        assertFails(api.explainOrigin(ADMIN, Optional.of("?")), MatrixErrorCode.INVALID_PARAM);
        assertFails(api.explainEvent(ADMIN, Optional.of("$none")), MatrixErrorCode.NOT_FOUND);
        assertFails(api.explainRoom(ADMIN, Optional.of("!none:a")), MatrixErrorCode.NOT_FOUND);
    }

    @Test
    void anExplanationBeginsWithItsSentenceAndLinksTheRule() {
        var json = await(api.explainEvent(ADMIN, Optional.of(EVENT.value())));

        assertThat(json.members().firstEntry().getKey()).isEqualTo("explanation");
        assertThat(json.string("explanation")).contains("In short.");
        var dropped = json.array("dropped").orElseThrow().objects().getFirst();
        assertThat(dropped.string("rule")).contains("5.3");
        assertThat(dropped.string("check")).contains("auth_events");
        assertThat(dropped.string("specification"))
                .contains("https://spec.matrix.org/v1.19/rooms/v11/#authorisation-rules");
        var arrival = dropped.object("arrival").orElseThrow();
        assertThat(arrival.string("server")).contains("peer.example");
        assertThat(arrival.string("transaction_id")).contains("t1");
    }

    @Test
    void whatAnOriginHadDroppedIsListed() {
        var json = await(api.explainOrigin(ADMIN, Optional.of("peer.example")));

        assertThat(json.array("dropped").orElseThrow().objects()).hasSize(1);
    }

    private static JsonObject await(Uni<JsonObject> answer) {
        return answer.await().atMost(Duration.ofSeconds(5));
    }

    private static AbstractThrowableAssert<?, ?> assertFails(
            Uni<JsonObject> answer, MatrixErrorCode code) {
        return assertThatThrownBy(() -> await(answer))
                .isInstanceOfSatisfying(
                        MatrixException.class, it -> assertThat(it.code()).isEqualTo(code));
    }

    private static final class OneEvent implements Explanations {

        private final DroppedPdu copy =
                new DroppedPdu(
                        Arrival.pushed(new ServerName("peer.example"), new TransactionId("t1")),
                        0,
                        Optional.of(new RoomId("!room:peer.example")),
                        Optional.of(EVENT),
                        new Refusal(
                                PduCheck.AUTH_EVENTS,
                                Optional.of(new AuthRule("5.3")),
                                "why",
                                List.of()),
                        7);

        @Override
        public Uni<Optional<EventExplanation>> event(EventId event) {
            return Uni.createFrom()
                    .item(
                            Optional.of(event)
                                    .filter(EVENT::equals)
                                    .map(
                                            id ->
                                                    new EventExplanation(
                                                            id,
                                                            "In short.",
                                                            copy.room(),
                                                            Optional.of(new RoomVersion("11")),
                                                            Optional.empty(),
                                                            Optional.empty(),
                                                            List.of(copy),
                                                            new LinkedHashMap<>(),
                                                            List.of())));
        }

        @Override
        public Uni<Optional<RoomExplanation>> room(RoomId room) {
            return Uni.createFrom().item(Optional.empty());
        }

        @Override
        public Uni<List<DroppedPdu>> dropped(ServerName origin) {
            return Uni.createFrom().item(List.of(copy));
        }
    }
}
