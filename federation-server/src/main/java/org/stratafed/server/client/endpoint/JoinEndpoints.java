package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.JoinUnderWay;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// How far the caller's joins of rooms on other servers are. The specification has nothing for
/// that, and a client that joins a large room would wait for minutes without a word.
public final class JoinEndpoints {

    private final MessagingLayer messaging;
    private final EngineCalls engine;

    public JoinEndpoints(MessagingLayer messaging, EngineCalls engine) {
        this.messaging = messaging;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        return List.of(ClientEndpoint.forUsers("GET", "/_strata/client/v1/joins", this::joins));
    }

    private Uni<ClientAnswer> joins(Call call, Caller caller) {
        return engine.call(() -> messaging.memberships().joinsUnderWay(caller.user()))
                .map(joins -> ClientAnswer.ok(body(joins)));
    }

    static JsonObject body(List<JoinUnderWay> joins) {
        return JsonObject.builder()
                .put("joins", JsonArray.of(joins.stream().map(JoinEndpoints::join).toList()))
                .build();
    }

    private static JsonObject join(JoinUnderWay join) {
        return JsonObject.builder()
                .put("room_id", join.room().value())
                .putIfPresent("through", join.through().map(ServerName::value).map(JsonString::new))
                .put("started_ts", join.startedTs())
                .put("received_bytes", join.receivedBytes())
                .put("received_events", join.receivedEvents())
                .put("verified_events", join.verifiedEvents())
                .put("stored_events", join.storedEvents())
                .put("dropped_events", join.droppedEvents())
                .build();
    }
}
