package org.stratafed.server.engine.pdu.approval;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduOutcome;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.spi.HomeserverEnvironment;
import org.stratafed.server.engine.pdu.policy.PolicyAnswer;
import org.stratafed.server.engine.pdu.policy.PolicyServers;
import org.stratafed.server.engine.pdu.room.CheckPolicy;
import org.stratafed.server.engine.pdu.room.Judging;
import org.stratafed.server.engine.pdu.room.PolicyStanding;
import org.stratafed.server.engine.pdu.room.ReceiveEvents;
import org.stratafed.server.engine.pdu.room.RoomLanes;

/// Events of others that the room's policy server has not signed, or with another key than the room
/// names now: it is asked beside the room's lane, and the event is judged again by its answer.
///
/// An event waits a few attempts long, and what comes after it with it. A policy server that
/// doesn't answer all that time is away: what it has not signed fails softly at once until a pause
/// is over, so that no room waits for it again and again.
public final class UnsignedEvents {

    static final int ATTEMPTS_MAX = 3;

    /// Before the second attempt; ten times that before the third.
    static final Duration WAIT = Duration.ofSeconds(3);

    private final ServerName local;
    private final HomeserverEnvironment environment;
    private final RoomLanes lanes;
    private final Judging judging;
    private final PolicyServers servers;
    private final Consumer<RoomId> stillWaits;
    private final SequencedSet<EventId> underWay = new LinkedHashSet<>();

    /// @param stillWaits told of a room where an event that has its answer waits for other events
    public UnsignedEvents(
            ServerName local,
            HomeserverEnvironment environment,
            RoomLanes lanes,
            Judging judging,
            PolicyServers servers,
            Consumer<RoomId> stillWaits) {
        this.local = local;
        this.environment = environment;
        this.lanes = lanes;
        this.judging = judging;
        this.servers = servers;
        this.stillWaits = stillWaits;
    }

    public void onUnsigned(List<Pdu> events) {
        for (var event : events) {
            if (underWay.add(event.id())) {
                lanes.lane(event.roomId())
                        .run(new CheckPolicy(event))
                        .subscribe()
                        .with(
                                standing -> begin(event, standing),
                                failure -> defect(event, failure));
            }
        }
    }

    private void begin(Pdu event, PolicyStanding standing) {
        switch (standing) {
            case PolicyStanding.Passed _, PolicyStanding.Refused _ ->
                    judge(event, Optional.empty());
            case PolicyStanding.Unsigned(var by) -> {
                if (servers.isAway(by)) {
                    refuse(event, by, "is away");
                } else {
                    ask(event, by, 1);
                }
            }
        }
    }

    private void ask(Pdu event, ServerName server, int attempt) {
        servers.ask(server, event)
                .subscribe()
                .with(
                        signature -> judge(event, Optional.of(signature)),
                        failure -> {
                            if (failure instanceof RemoteFailure remote) {
                                onFailure(event, server, attempt, remote);
                            } else {
                                defect(event, failure);
                            }
                        });
    }

    private void onFailure(Pdu event, ServerName server, int attempt, RemoteFailure failure) {
        if (!PolicyServers.isPassing(failure)) {
            refuse(event, server, "said " + failure.getMessage());
        } else if (attempt < ATTEMPTS_MAX) {
            var wait = attempt == 1 ? WAIT : WAIT.multipliedBy(10);
            environment.timers().after(wait).subscribe().with(_ -> ask(event, server, attempt + 1));
        } else {
            servers.isGivenUp(server);
            environment
                    .telemetry()
                    .peer(
                            server,
                            "It is the policy server of "
                                    + event.roomId()
                                    + " and can't be asked: "
                                    + failure.getMessage());
            refuse(event, server, "could not be asked: " + failure.getMessage());
        }
    }

    private void refuse(Pdu event, ServerName server, String what) {
        var reason = "the room's policy server " + server + " " + what;
        judge(event, Optional.of(new PolicyAnswer.Refusal(server, reason)));
    }

    private void judge(Pdu event, Optional<PolicyAnswer> answer) {
        var lane = lanes.lane(event.roomId());
        answer.ifPresent(it -> lane.remember(event.id(), it));
        underWay.remove(event.id());
        judging.judge(event.roomId(), local, List.of(event), ReceiveEvents.Handling.STAGED)
                .map(outcomes -> Optional.ofNullable(outcomes.get(event.id())))
                .subscribe()
                .with(outcome -> follow(event, outcome), failure -> defect(event, failure));
    }

    private void follow(Pdu event, Optional<PduOutcome> outcome) {
        if (outcome.isPresent()
                && outcome.get() instanceof PduOutcome.Deferred(var wait, _)
                && wait == PduOutcome.Wait.CITED_EVENTS) {
            stillWaits.accept(event.roomId());
        }
    }

    private void defect(Pdu event, Throwable failure) {
        underWay.remove(event.id());
        environment.telemetry().defect("the policy server's word on " + event.id(), failure);
    }
}
