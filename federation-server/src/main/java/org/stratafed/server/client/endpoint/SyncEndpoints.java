package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncRequest;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.server.client.account.AccountDataChanges;
import org.stratafed.server.client.account.AccountDataStore;
import org.stratafed.server.client.account.AccountDatum;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.format.AccountDataUpdate;
import org.stratafed.server.client.format.ClientEvents;
import org.stratafed.server.client.format.FilterReader;
import org.stratafed.server.client.format.PushRules;
import org.stratafed.server.client.format.SyncToken;
import org.stratafed.server.client.format.SyncWriter;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;
import org.stratafed.server.host.LongPolls;

/// What is new for a user.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#syncing">Syncing</a>
public final class SyncEndpoints {

    private static final long TIMEOUT_MS_MAX = Duration.ofMinutes(2).toMillis();

    private final MessagingLayer messaging;
    private final AccountDataStore accountData;
    private final Filters filters;
    private final LongPolls waits;
    private final EngineCalls engine;
    private final InstantSource clock;

    public SyncEndpoints(
            MessagingLayer messaging,
            AccountDataStore accountData,
            Filters filters,
            LongPolls waits,
            EngineCalls engine,
            InstantSource clock) {
        this.messaging = messaging;
        this.accountData = accountData;
        this.filters = filters;
        this.waits = waits;
        this.engine = engine;
        this.clock = clock;
    }

    public List<ClientEndpoint> all() {
        return List.of(ClientEndpoint.v3("GET", "/sync", this::sync));
    }

    private Uni<ClientAnswer> sync(Call call, Caller caller) {
        Optional<SyncToken> since = call.query().first("since").map(SyncToken::parse);
        var waiting =
                Duration.ofMillis(
                        Math.min(call.query().number("timeout").orElse(0), TIMEOUT_MS_MAX));
        boolean fullState = call.query().isTrue("full_state");
        return filters.named(caller.user(), call.query().first("filter"))
                .map(FilterReader::sync)
                .chain(
                        filter -> {
                            var request =
                                    new SyncRequest(
                                            caller.user(),
                                            caller.device(),
                                            since.map(SyncToken::events),
                                            waiting,
                                            fullState,
                                            filter);
                            return sync(request, since.map(SyncToken::accountData));
                        });
    }

    /// Account data that changed while waiting come with the next sync.
    private Uni<ClientAnswer> sync(SyncRequest request, Optional<Long> since) {
        return engine.call(() -> accountData.changes(request.user(), since.orElse(0L)))
                .chain(
                        changes ->
                                answer(changes.data().isEmpty() ? request : atOnce(request))
                                        .chain(
                                                answer ->
                                                        written(
                                                                request.user(),
                                                                since.isEmpty()
                                                                        ? withPushRules(
                                                                                request.user(),
                                                                                changes)
                                                                        : changes,
                                                                answer)));
    }

    private Uni<SyncAnswer> answer(SyncRequest request) {
        Uni<SyncAnswer> answer = engine.call(() -> messaging.timeline().sync(request));
        return request.timeout().isZero()
                ? answer
                : waits.answer(
                        answer,
                        () -> engine.call(() -> messaging.timeline().sync(atOnce(request))));
    }

    /// With something to say already, it isn't waited for more.
    private static SyncRequest atOnce(SyncRequest request) {
        return new SyncRequest(
                request.user(),
                request.device(),
                request.since(),
                Duration.ZERO,
                request.fullState(),
                request.filter());
    }

    private static AccountDataChanges withPushRules(UserId user, AccountDataChanges changes) {
        var data = new ArrayList<AccountDatum>(changes.data());
        data.add(new AccountDatum(Optional.empty(), "m.push_rules", PushRules.of(user)));
        return new AccountDataChanges(changes.upTo(), data);
    }

    private Uni<ClientAnswer> written(UserId user, AccountDataChanges changes, SyncAnswer answer) {
        var update = new AccountDataUpdate(changes);
        Uni<List<RoomId>> joined =
                update.rooms().isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : engine.call(() -> messaging.memberships().joinedRooms(user));
        return joined.map(
                rooms ->
                        ClientAnswer.ok(
                                new SyncWriter(new ClientEvents(clock.millis()), update, rooms)
                                        .write(answer)));
    }
}
