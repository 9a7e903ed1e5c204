package org.stratafed.server.engine.transaction.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.transaction.TestWorld.LOCAL;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.stratafed.api.layer.transport.endpoint.Endpoints;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.transaction.ScriptedAnswers;

class QueryDispatchTest {

    private final ScriptedAnswers answers = new ScriptedAnswers(new RawPdu(JsonObject.empty()));
    private final QueryDispatch dispatch =
            new QueryDispatch(
                    LOCAL,
                    InstantSource.fixed(Instant.EPOCH),
                    (_, _) -> Uni.createFrom().item(new TransactionResponse(new LinkedHashMap<>())),
                    answers,
                    answers);

    /// An endpoint that is offered but has no row would be there for a peer, and never answer.
    @Test
    void everyEndpointThatIsOfferedHasSomebodyWhoAnswers() {
        assertThat(Endpoints.all()).isNotEmpty().allMatch(dispatch::answers);
        assertThat(Endpoints.open()).isNotEmpty().allMatch(dispatch::answers);
    }
}
