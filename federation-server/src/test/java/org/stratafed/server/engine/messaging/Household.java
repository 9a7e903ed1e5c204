package org.stratafed.server.engine.messaging;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.SyncAnswer;
import org.stratafed.api.layer.messaging.SyncFilter;
import org.stratafed.api.layer.messaging.SyncRequest;
import org.stratafed.api.layer.messaging.Timeline.MessagesPage;
import org.stratafed.api.layer.messaging.Timeline.MessagesRequest;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.layer.transaction.QueryHandler;
import org.stratafed.api.layer.transaction.RemoteQueries;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.exchange.DirectoryAnswer;
import org.stratafed.api.model.exchange.HierarchyRequest;
import org.stratafed.api.model.exchange.ProfileRequest;
import org.stratafed.api.model.exchange.PublicRooms;
import org.stratafed.api.model.exchange.PublicRoomsRequest;
import org.stratafed.api.model.exchange.SpaceHierarchy;
import org.stratafed.api.model.id.DeviceId;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomAlias;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.Neighbour;

/// A server with its messaging layer, over the PDU layer and a real database. What others are asked
/// about users and aliases, their messaging layers answer without a network between.
final class Household {

    static final DeviceId PHONE = new DeviceId("PHONE");
    static final EventFilter LAZY =
            new EventFilter(
                    10,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    true);

    final HandTurnedClock clock = new HandTurnedClock();
    final Neighbour server;
    private final ServerName name;
    private final Street street;
    private Optional<MessagingService> messaging = Optional.empty();

    Household(String name, Street street) {
        this.name = new ServerName(name);
        this.street = street;
        server = new Neighbour(name, street.directory, street.loop, street.servers, this::upstairs);
        street.households.put(this.name, this);
    }

    private MessagingService upstairs(HomeserverEnvironment environment, PduLayer pdu) {
        var service =
                new MessagingService(
                        withClock(environment),
                        MessagingSettings.of(name),
                        pdu,
                        new NextDoor(),
                        MessagingHandler.none());
        messaging = Optional.of(service);
        return service;
    }

    private HomeserverEnvironment withClock(HomeserverEnvironment environment) {
        return new HomeserverEnvironment(
                environment.wire(),
                environment.names(),
                clock,
                environment.compute(),
                environment.signatures(),
                environment.telemetry(),
                clock,
                environment.random(),
                environment.stores());
    }

    MessagingService messaging() {
        return messaging.orElseThrow();
    }

    UserId register(String localpart) {
        var user = server.user(localpart);
        get(() -> messaging().profiles().register(user));
        return user;
    }

    <T> T get(Supplier<Uni<T>> call) {
        return server.get(call);
    }

    EventId say(UserId user, RoomId room, String text) {
        var content = JsonObject.builder().put("body", text).build();
        return get(
                () ->
                        messaging()
                                .rooms()
                                .send(room, user, "m.room.message", content, Optional.empty()));
    }

    SyncAnswer sync(UserId user) {
        return get(() -> messaging().timeline().sync(request(user, Optional.empty(), 0)));
    }

    SyncAnswer sync(UserId user, SyncAnswer since) {
        var token = Optional.of(since.nextBatch());
        return get(() -> messaging().timeline().sync(request(user, token, 0)));
    }

    SyncAnswer sync(UserId user, SyncFilter filter) {
        var request = new SyncRequest(user, PHONE, Optional.empty(), Duration.ZERO, false, filter);
        return get(() -> messaging().timeline().sync(request));
    }

    static SyncRequest request(UserId user, Optional<String> since, int seconds) {
        return new SyncRequest(
                user, PHONE, since, Duration.ofSeconds(seconds), false, SyncFilter.ALL);
    }

    /// Begins a sync, which may take as long as it takes. What it needs to read, it has read when
    /// this returns.
    CompletableFuture<SyncAnswer> startSync(SyncRequest request) {
        var answer = new CompletableFuture<SyncAnswer>();
        street.loop.execute(
                () ->
                        messaging()
                                .timeline()
                                .sync(request)
                                .subscribe()
                                .with(answer::complete, answer::completeExceptionally));
        sync(request.user());
        return answer.orTimeout(20, TimeUnit.SECONDS);
    }

    MessagesPage pageBack(UserId user, RoomId room, Optional<String> from, int limit) {
        return page(user, room, from, true, limit, EventFilter.ALL);
    }

    MessagesPage page(
            UserId user,
            RoomId room,
            Optional<String> from,
            boolean backwards,
            int limit,
            EventFilter filter) {
        var request = new MessagesRequest(room, from, Optional.empty(), backwards, limit, filter);
        return get(() -> messaging().timeline().messages(user, request));
    }

    private final class NextDoor implements RemoteQueries {

        private <T> Uni<T> ask(ServerName to, Function<QueryHandler, Uni<T>> question) {
            var household = street.households.get(to);
            if (household == null) {
                return Uni.createFrom().failure(new RemoteFailure.Unreachable(to + " is away"));
            }
            return question.apply(household.messaging())
                    .onFailure(MatrixException.class)
                    .transform(
                            refusal ->
                                    new RemoteFailure.Refused(
                                            refusal.status(),
                                            Optional.of(refusal.code().errcode()),
                                            refusal.getMessage(),
                                            OptionalLong.empty()));
        }

        @Override
        public Uni<DirectoryAnswer> directory(ServerName to, RoomAlias alias) {
            return ask(to, it -> it.onDirectory(name, alias));
        }

        @Override
        public Uni<PublicRooms> publicRooms(ServerName to, PublicRoomsRequest request) {
            return ask(to, it -> it.onPublicRooms(name, request));
        }

        @Override
        public Uni<SpaceHierarchy> hierarchy(ServerName to, HierarchyRequest request) {
            return ask(to, it -> it.onHierarchy(name, request));
        }

        @Override
        public Uni<JsonObject> profile(ServerName to, ProfileRequest request) {
            return ask(to, it -> it.onProfile(name, request));
        }
    }
}
