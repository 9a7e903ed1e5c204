package org.stratafed.server.engine.transaction.query;

import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.stratafed.api.layer.transaction.QueryHandler;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.layer.transport.endpoint.Backfill;
import org.stratafed.api.layer.transport.endpoint.Endpoint;
import org.stratafed.api.layer.transport.endpoint.ExchangeThirdPartyInvite;
import org.stratafed.api.layer.transport.endpoint.GetEvent;
import org.stratafed.api.layer.transport.endpoint.GetEventAuth;
import org.stratafed.api.layer.transport.endpoint.GetMissingEvents;
import org.stratafed.api.layer.transport.endpoint.GetState;
import org.stratafed.api.layer.transport.endpoint.GetStateIds;
import org.stratafed.api.layer.transport.endpoint.Hierarchy;
import org.stratafed.api.layer.transport.endpoint.Invite;
import org.stratafed.api.layer.transport.endpoint.MakeJoin;
import org.stratafed.api.layer.transport.endpoint.MakeKnock;
import org.stratafed.api.layer.transport.endpoint.MakeLeave;
import org.stratafed.api.layer.transport.endpoint.OnBind;
import org.stratafed.api.layer.transport.endpoint.PublicRoomsList;
import org.stratafed.api.layer.transport.endpoint.QueryDirectory;
import org.stratafed.api.layer.transport.endpoint.QueryProfile;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.layer.transport.endpoint.SendKnock;
import org.stratafed.api.layer.transport.endpoint.SendLeave;
import org.stratafed.api.layer.transport.endpoint.SendTransaction;
import org.stratafed.api.layer.transport.endpoint.TimestampToEvent;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.EventsAnswer;
import org.stratafed.api.model.exchange.Transaction;
import org.stratafed.api.model.exchange.TransactionResponse;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;

/// Who answers what: for each endpoint, the method of a handler above.
public final class QueryDispatch {

    /// By the endpoint's name.
    private final Map<String, BiFunction<ServerName, ?, ?>> rows = new LinkedHashMap<>();

    private final ServerName local;
    private final InstantSource clock;

    public QueryDispatch(
            ServerName local,
            InstantSource clock,
            BiFunction<ServerName, Transaction, Uni<TransactionResponse>> transactions,
            RoomQueryHandler rooms,
            QueryHandler queries) {
        this.local = local;
        this.clock = clock;
        row(SendTransaction.ENDPOINT, transactions);
        row(
                GetEvent.ENDPOINT,
                (origin, event) -> rooms.onEvent(origin, event).map(List::of).map(this::events));
        row(GetState.ENDPOINT, rooms::onState);
        row(GetStateIds.ENDPOINT, rooms::onStateIds);
        row(GetEventAuth.ENDPOINT, rooms::onEventAuth);
        row(
                Backfill.ENDPOINT,
                (origin, request) -> rooms.onBackfill(origin, request).map(this::events));
        row(GetMissingEvents.ENDPOINT, rooms::onMissingEvents);
        row(TimestampToEvent.ENDPOINT, rooms::onTimestampToEvent);
        row(MakeJoin.ENDPOINT, rooms::onMakeJoin);
        row(SendJoin.ENDPOINT, rooms::onSendJoin);
        row(SendJoin.V1, rooms::onSendJoin);
        row(MakeKnock.ENDPOINT, rooms::onMakeKnock);
        row(SendKnock.ENDPOINT, rooms::onSendKnock);
        row(MakeLeave.ENDPOINT, rooms::onMakeLeave);
        for (var sendLeave : List.of(SendLeave.ENDPOINT, SendLeave.V1)) {
            row(
                    sendLeave,
                    (origin, leave) ->
                            rooms.onSendLeave(origin, leave).replaceWith(JsonObject.empty()));
        }
        row(Invite.ENDPOINT, rooms::onInvite);
        row(Invite.V1, rooms::onInvite);
        row(
                ExchangeThirdPartyInvite.ENDPOINT,
                (origin, redeemed) ->
                        rooms.onExchangeThirdPartyInvite(origin, redeemed)
                                .replaceWith(JsonObject.empty()));
        row(
                OnBind.ENDPOINT,
                (_, bound) -> rooms.onAddressBound(bound).replaceWith(JsonObject.empty()));
        row(QueryDirectory.ENDPOINT, queries::onDirectory);
        row(QueryProfile.ENDPOINT, queries::onProfile);
        row(PublicRoomsList.ENDPOINT, queries::onPublicRooms);
        row(PublicRoomsList.FILTERED, queries::onPublicRooms);
        row(Hierarchy.ENDPOINT, queries::onHierarchy);
    }

    /// Answers the question, or fails with `M_UNRECOGNIZED` when nobody above answers such.
    public <Q, A> Uni<A> answer(ServerName origin, Endpoint<Q, A> endpoint, Q question) {
        var row = rows.get(endpoint.name());
        if (row == null) {
            return Uni.createFrom()
                    .failure(MatrixException.unrecognized("Not answered here: " + endpoint));
        }
        try {
            return this.<Q, A>typed(row).apply(origin, question);
        } catch (RuntimeException thrown) {
            return Uni.createFrom().failure(thrown);
        }
    }

    /// Answers who hasn't proved who they are.
    public <Q, A> Uni<A> answer(Endpoint<Q, A> endpoint, Q question) {
        return answer(local, endpoint, question);
    }

    /// Whether somebody above answers such a question.
    boolean answers(Endpoint<?, ?> endpoint) {
        return rows.containsKey(endpoint.name());
    }

    private EventsAnswer events(List<RawPdu> pdus) {
        return EventsAnswer.of(local, clock.millis(), pdus);
    }

    /// A row has the types of its endpoint, since [#row] takes them together.
    @SuppressWarnings("unchecked")
    private <Q, A> BiFunction<ServerName, Q, Uni<A>> typed(BiFunction<ServerName, ?, ?> row) {
        return (BiFunction<ServerName, Q, Uni<A>>) row;
    }

    private <Q, A> void row(Endpoint<Q, A> endpoint, BiFunction<ServerName, Q, Uni<A>> answerer) {
        rows.put(endpoint.name(), answerer);
    }
}
