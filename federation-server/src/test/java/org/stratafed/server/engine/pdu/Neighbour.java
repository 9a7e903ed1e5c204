package org.stratafed.server.engine.pdu;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.stratafed.api.layer.pdu.PduHandler;
import org.stratafed.api.layer.pdu.PduLayer;
import org.stratafed.api.layer.transaction.RemoteQueries;
import org.stratafed.api.layer.transaction.RemoteRooms;
import org.stratafed.api.layer.transaction.RoomQueryHandler;
import org.stratafed.api.layer.transaction.RoomStream;
import org.stratafed.api.layer.transaction.TransactionLayer;
import org.stratafed.api.layer.transport.IdentityKeys;
import org.stratafed.api.layer.transport.KeyRing;
import org.stratafed.api.model.crypto.KeyBook;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.VerifyKey;
import org.stratafed.api.model.crypto.WantedKey;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.exchange.BackfillRequest;
import org.stratafed.api.model.exchange.EventAtTime;
import org.stratafed.api.model.exchange.EventInRoom;
import org.stratafed.api.model.exchange.InvitationRedeemed;
import org.stratafed.api.model.exchange.InviteRequest;
import org.stratafed.api.model.exchange.MembershipRequest;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.MissingEventsRequest;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.SendJoinRequest;
import org.stratafed.api.model.exchange.SignedMembership;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.exchange.TimestampRequest;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.model.room.StateReset;
import org.stratafed.api.spi.Compute;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.Telemetry;
import org.stratafed.api.spi.store.SealedBatch;
import org.stratafed.api.spi.store.Stores;
import org.stratafed.server.crypto.SignatureProviders;
import org.stratafed.server.engine.pdu.event.EventSigner;
import org.stratafed.server.engine.pdu.room.LocalServer;
import org.stratafed.server.store.sqlite.SqliteDatabase;

/// The PDU layer of one server over a real database and real signatures, next door to others: what
/// one asks, the other is asked without a network between. What is to be pushed is pushed when a
/// test says so, so that a test decides what gets lost.
public final class Neighbour implements AutoCloseable {

    private static final Signatures SIGNATURES = SignatureProviders.fastest();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<ServerName, Neighbour> street;
    private final Executor loop;
    private final SqliteDatabase database;
    private final List<Throwable> defects = new ArrayList<>();
    private boolean closed;
    private Duration skipped = Duration.ZERO;

    /// How much time passes at once, when all passes that is waited for.
    Duration atOnce = Duration.ofHours(1);

    private final List<String> refusals = new ArrayList<>();
    final List<String> progressTold = new ArrayList<>();
    private final List<StateReset> resets = new ArrayList<>();
    private final SequencedSet<ServerName> woken = new LinkedHashSet<>();
    public final ServerName name;
    final SigningKey key;
    public final PduService pdu;
    public boolean deaf;

    /// How many events it answers a question for missing ones with.
    public int missingEventsMax = Integer.MAX_VALUE;

    /// Whether it tells of every state that it is empty.
    boolean lies;

    /// The questions for missing events that it was asked, and whether it answers them only when it
    /// is let to.
    final List<String> questions = new ArrayList<>();

    private boolean ponders;
    private final List<Runnable> pondered = new ArrayList<>();

    /// What it makes of the state that it tells.
    UnaryOperator<StateIds> stateTold = UnaryOperator.identity();

    /// A defect: whatever has this in what is to be verified makes it stumble.
    Optional<String> stumblesOver = Optional.empty();

    /// What it makes of its templates, of the rooms it sends to who joins, and of the invites it is
    /// to sign.
    UnaryOperator<MembershipTemplate> template = UnaryOperator.identity();

    UnaryOperator<SendJoinAnswer> roomSent = UnaryOperator.identity();
    UnaryOperator<RoomStream> sending = UnaryOperator.identity();
    UnaryOperator<RawPdu> inviteSigned = UnaryOperator.identity();
    UnaryOperator<List<JsonObject>> knockState = UnaryOperator.identity();

    /// The joins that it was handed.
    final List<SignedMembership> joins = new ArrayList<>();

    /// Who is told of the invites it is asked to sign, and whether it then is away.
    Consumer<InviteRequest> invited = _ -> {};

    boolean deafToInvites;

    /// The events that it was asked to sign as a policy server, and how it answers that.
    final List<RawPdu> askedToSign = new ArrayList<>();

    Function<RawPdu, Uni<JsonObject>> signs =
            _ ->
                    Uni.createFrom()
                            .failure(
                                    new RemoteFailure.Refused(
                                            404,
                                            Optional.of("M_UNRECOGNIZED"),
                                            "no policy server",
                                            OptionalLong.empty()));
    /// What identity servers say of their keys, and of which they were asked.
    IdentityKeys.Validity identityKeys = IdentityKeys.Validity.VALID;

    final List<String> keysChecked = new ArrayList<>();

    /// Whose keys it can't have now.
    final Set<ServerName> unreachable = new LinkedHashSet<>();

    /// For how many keys it was asked, and the timers that it waits for.
    int keysGathered;

    /// How many signatures it has verified.
    int verified;

    /// What happens when it begins to wait.
    Runnable waiting = () -> {};

    private final List<UniEmitter<? super Void>> timers = new ArrayList<>();

    /// Opens its database, which may be there already.
    Neighbour(String name, Path directory, Executor loop, Map<ServerName, Neighbour> street) {
        this(name, directory, loop, street, (_, _) -> nobodyAbove());
    }

    /// The same, with somebody living upstairs.
    public Neighbour(
            String name,
            Path directory,
            Executor loop,
            Map<ServerName, Neighbour> street,
            BiFunction<HomeserverEnvironment, PduLayer, PduHandler> above) {
        this.name = new ServerName(name);
        this.loop = loop;
        this.street = street;
        key = new SigningKey(new KeyId("ed25519:1"), seed(name));
        database = SqliteDatabase.open(directory.resolve(name + ".db"), this.name, loop);
        var environment =
                new HomeserverEnvironment(
                        (_, _, _) -> Uni.createFrom().nothing(),
                        _ -> Uni.createFrom().nothing(),
                        _ -> Uni.createFrom().<Void>emitter(this::keepWaiting),
                        compute(),
                        signatures(),
                        telemetry(),
                        () -> Instant.now().plus(skipped),
                        RandomGenerator.of("L64X128MixRandom"),
                        database.stores());
        pdu =
                new PduService(
                        environment,
                        new LocalServer(this.name, key),
                        below(),
                        keyRing(),
                        this::validity,
                        layer -> above.apply(environment, layer));
        street.put(this.name, this);
    }

    private Uni<IdentityKeys.Validity> validity(String url, String publicKey) {
        keysChecked.add(url + " " + publicKey);
        return Uni.createFrom().item(identityKeys);
    }

    private static byte[] seed(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Stores stores() {
        return database.stores();
    }

    public UserId user(String localpart) {
        return new UserId("@" + localpart + ":" + name);
    }

    /// Makes the call on the loop and waits for its answer.
    public <T> T get(Supplier<Uni<T>> call) {
        var answer = new CompletableFuture<T>();
        loop.execute(
                () -> call.get().subscribe().with(answer::complete, answer::completeExceptionally));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no answer; defects: " + defects, e);
        }
    }

    /// Makes the call on the loop, and does not wait for what comes of it.
    void begin(Supplier<Uni<?>> call) {
        loop.execute(() -> call.get().subscribe().with(_ -> {}, _ -> {}));
    }

    public List<Throwable> defects() {
        return defects;
    }

    public List<String> refusals() {
        return refusals;
    }

    List<StateReset> resets() {
        return resets;
    }

    /// Pushes to the other what is pending for it, oldest first; `lose` picks what gets lost.
    public void push(Neighbour to, Predicate<RawPdu> lose) {
        var pending = get(() -> stores().outbox().pending(to.name, 50));
        var byRoom = new LinkedHashMap<RoomId, List<RawPdu>>();
        for (var entry : pending) {
            if (!lose.test(entry.pdu())) {
                byRoom.computeIfAbsent(entry.room(), _ -> new ArrayList<>()).add(entry.pdu());
            }
        }
        byRoom.forEach((room, pdus) -> to.get(() -> to.pdu.onPdus(name, room, pdus)));
        if (!pending.isEmpty()) {
            acknowledge(to, pending.getLast().position());
        }
    }

    public void push(Neighbour to) {
        push(to, _ -> false);
    }

    private void acknowledge(Neighbour to, long end) {
        var batch = new SealedBatch(new TransactionId("t" + end), 0, 0, end, List.of());
        get(() -> stores().outbox().seal(to.name, batch));
        get(() -> stores().outbox().acknowledge(to.name, batch, Optional.empty()));
    }

    private Compute compute() {
        return new Compute() {
            @Override
            public <T> Uni<T> run(Supplier<T> work) {
                return Uni.createFrom()
                        .emitter(
                                emitter ->
                                        loop.execute(
                                                () -> {
                                                    try {
                                                        emitter.complete(work.get());
                                                    } catch (RuntimeException e) {
                                                        emitter.fail(e);
                                                    }
                                                }));
            }

            @Override
            public <T> Uni<List<T>> runAll(List<Supplier<T>> work) {
                return run(() -> work.stream().map(Supplier::get).toList());
            }
        };
    }

    private Telemetry telemetry() {
        return new Telemetry() {
            @Override
            public void refused(
                    ServerName origin,
                    Optional<RoomId> room,
                    Optional<EventId> event,
                    Refusal refusal) {
                refusals.add(event + ": " + refusal);
            }

            @Override
            public void peer(ServerName server, String what) {
                refusals.add(server + ": " + what);
            }

            @Override
            public void stateReset(StateReset reset) {
                resets.add(reset);
            }

            @Override
            public void progress(String what) {
                progressTold.add(what);
            }

            @Override
            public void defect(String where, Throwable cause) {
                // Work under way when its database goes fails: nothing is wrong with it.
                if (!closed) {
                    defects.add(new IllegalStateException(where, cause));
                }
            }
        };
    }

    private Signatures signatures() {
        return new Signatures() {
            @Override
            public byte[] sign(SigningKey key, byte[] message) {
                return SIGNATURES.sign(key, message);
            }

            @Override
            public boolean verify(VerifyKey key, byte[] message, byte[] signature) {
                verified++;
                if (stumblesOver.filter(new String(message, UTF_8)::contains).isPresent()) {
                    throw new IllegalStateException("a defect");
                }
                return SIGNATURES.verify(key, message, signature);
            }

            @Override
            public VerifyKey verifyKey(SigningKey key) {
                return SIGNATURES.verifyKey(key);
            }
        };
    }

    private void keepWaiting(UniEmitter<? super Void> timer) {
        timers.add(timer);
        waiting.run();
    }

    /// Lets all the time pass that is waited for now; answers how many waited.
    int passTime() {
        var due = new ArrayList<UniEmitter<? super Void>>();
        get(
                () -> {
                    due.addAll(timers);
                    skipped = skipped.plus(atOnce);
                    completeTimers();
                    return Uni.createFrom().voidItem();
                });
        return due.size();
    }

    /// The same, on the loop.
    void completeTimers() {
        var due = List.copyOf(timers);
        timers.clear();
        due.forEach(timer -> timer.complete(null));
    }

    /// Answers nothing about missing events until it is let to.
    void ponder() {
        ponders = true;
    }

    /// Answers what it was asked.
    void answer() {
        get(
                () -> {
                    ponders = false;
                    var due = List.copyOf(pondered);
                    pondered.clear();
                    due.forEach(Runnable::run);
                    return Uni.createFrom().voidItem();
                });
    }

    private <T> Uni<T> pondering(String question, Uni<T> answer) {
        questions.add(question);
        return ponders
                ? Uni.createFrom()
                        .<Void>emitter(e -> pondered.add(() -> e.complete(null)))
                        .chain(() -> answer)
                : answer;
    }

    /// An event as a server makes it that does as it pleases, signed properly.
    RawPdu made(RoomVersionRules rules, JsonObject event) {
        return new RawPdu(EventSigner.sign(rules, event, name, key, SIGNATURES));
    }

    private KeyRing keyRing() {
        return new KeyRing() {
            @Override
            public Uni<KeyBook> gather(Collection<WantedKey> wanted) {
                return keys(wanted);
            }

            @Override
            public Uni<KeyBook> gather(Collection<WantedKey> wanted, List<ServerName> notaries) {
                return keys(wanted);
            }
        };
    }

    private Uni<KeyBook> keys(Collection<WantedKey> wanted) {
        keysGathered += wanted.size();
        var book = KeyBook.empty();
        for (var key : wanted) {
            var neighbour = street.get(key.server());
            if (neighbour != null && !unreachable.contains(neighbour.name)) {
                var verify = SIGNATURES.verifyKey(neighbour.key);
                book =
                        book.with(
                                key.server(),
                                new ServerKey(verify, Long.MAX_VALUE, OptionalLong.empty()));
            }
        }
        return Uni.createFrom().item(book);
    }

    private static PduHandler nobodyAbove() {
        return new PduHandler() {
            @Override
            public void onTimeline(long position) {}

            @Override
            public void onMembership(SequencedSet<UserId> users, long position) {}
        };
    }

    private TransactionLayer below() {
        return new TransactionLayer() {
            @Override
            public void wake(SequencedSet<ServerName> destinations) {
                woken.addAll(destinations);
            }

            @Override
            public RemoteRooms rooms() {
                return new NextDoor();
            }

            @Override
            public RemoteQueries queries() {
                throw new UnsupportedOperationException();
            }
        };
    }

    SequencedSet<ServerName> woken() {
        return woken;
    }

    /// Asks the neighbour's handler, and makes of its errors what a peer sees of them.
    private final class NextDoor implements RemoteRooms {

        private <T> Uni<T> ask(ServerName server, Function<RoomQueryHandler, Uni<T>> question) {
            var neighbour = street.get(server);
            if (neighbour == null || neighbour.deaf || neighbour.closed) {
                return Uni.createFrom().failure(new RemoteFailure.Unreachable(server + " is away"));
            }
            return question.apply(neighbour.pdu.rooms())
                    .onFailure(_ -> neighbour.closed)
                    .transform(_ -> new RemoteFailure.Unreachable(server + " went away"))
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
        public Uni<Optional<RawPdu>> event(ServerName server, EventId event) {
            return street.get(server)
                    .pondering("event", ask(server, to -> to.onEvent(name, event)))
                    .map(Optional::of)
                    .onFailure(RemoteFailure.Refused.class)
                    .recoverWithItem(Optional.empty());
        }

        @Override
        public Uni<StateIds> stateIds(ServerName server, EventInRoom event) {
            return street.get(server).lies
                    ? Uni.createFrom().item(new StateIds(List.of(), List.of()))
                    : ask(server, to -> to.onStateIds(name, event))
                            .map(street.get(server).stateTold);
        }

        @Override
        public Uni<StateEvents> state(ServerName server, EventInRoom event) {
            return ask(server, to -> to.onState(name, event));
        }

        @Override
        public Uni<List<RawPdu>> eventAuth(ServerName server, EventInRoom event) {
            return ask(server, to -> to.onEventAuth(name, event));
        }

        @Override
        public Uni<List<RawPdu>> backfill(ServerName server, BackfillRequest request) {
            return street.get(server)
                    .pondering(
                            "backfill " + request.from(),
                            ask(server, to -> to.onBackfill(name, request)));
        }

        @Override
        public Uni<List<RawPdu>> missingEvents(ServerName server, MissingEventsRequest request) {
            return street.get(server)
                    .pondering(
                            "get_missing_events " + request.latest(),
                            ask(server, to -> to.onMissingEvents(name, request)))
                    .map(
                            events ->
                                    events.subList(
                                            Math.max(
                                                    0,
                                                    events.size()
                                                            - street.get(server).missingEventsMax),
                                            events.size()));
        }

        @Override
        public Uni<Optional<EventAtTime>> timestampToEvent(
                ServerName server, TimestampRequest request) {
            return ask(server, to -> to.onTimestampToEvent(name, request)).map(Optional::of);
        }

        @Override
        public Uni<MembershipTemplate> makeJoin(ServerName server, MembershipRequest request) {
            return ask(server, to -> to.onMakeJoin(name, request)).map(street.get(server).template);
        }

        @Override
        public Uni<RoomStream> sendJoin(ServerName server, SignedMembership join) {
            street.get(server).joins.add(join);
            return ask(server, to -> to.onSendJoin(name, SendJoinRequest.whole(join)))
                    .map(street.get(server).roomSent)
                    .map(answer -> street.get(server).sending.apply(new SentParts(answer)));
        }

        @Override
        public Uni<MembershipTemplate> makeKnock(ServerName server, MembershipRequest request) {
            return ask(server, to -> to.onMakeKnock(name, request))
                    .map(street.get(server).template);
        }

        @Override
        public Uni<List<JsonObject>> sendKnock(ServerName server, SignedMembership knock) {
            return ask(server, to -> to.onSendKnock(name, knock))
                    .map(street.get(server).knockState);
        }

        @Override
        public Uni<MembershipTemplate> makeLeave(ServerName server, MembershipRequest request) {
            return ask(server, to -> to.onMakeLeave(name, request))
                    .map(street.get(server).template);
        }

        @Override
        public Uni<JsonObject> sign(ServerName policyServer, RawPdu event) {
            var judge = street.get(policyServer);
            if (judge == null || judge.deaf) {
                return Uni.createFrom()
                        .failure(new RemoteFailure.Unreachable(policyServer + " is away"));
            }
            judge.askedToSign.add(event);
            return Uni.createFrom().deferred(() -> judge.signs.apply(event));
        }

        @Override
        public Uni<Void> sendLeave(ServerName server, SignedMembership leave) {
            return ask(server, to -> to.onSendLeave(name, leave));
        }

        @Override
        public Uni<Void> exchangeThirdPartyInvite(ServerName server, InvitationRedeemed redeemed) {
            return ask(server, to -> to.onExchangeThirdPartyInvite(name, redeemed));
        }

        @Override
        public Uni<RawPdu> invite(ServerName server, InviteRequest request) {
            street.get(server).invited.accept(request);
            if (street.get(server).deafToInvites) {
                return Uni.createFrom().failure(new RemoteFailure.Unreachable("it is away"));
            }
            return ask(server, to -> to.onInvite(name, request))
                    .map(street.get(server).inviteSigned);
        }
    }

    @Override
    public void close() {
        var closing = new CompletableFuture<Void>();
        loop.execute(
                () -> {
                    closed = true;
                    closing.complete(null);
                });
        closing.join();
        database.close();
    }
}
