package org.stratafed.server.engine.pdu.room;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.PduCheck;
import org.stratafed.api.model.event.Refusal;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.room.StateMap;
import org.stratafed.api.spi.Signatures;
import org.stratafed.api.spi.store.StoredEvent;
import org.stratafed.server.engine.pdu.policy.PolicyAnswer;
import org.stratafed.server.engine.pdu.policy.PolicyServer;

/// The last of the checks on receipt: whether the policy server of the room's current state has
/// signed the event, going by the key that this state names.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#policy-servers">Policy
///     servers</a>
final class PolicyCheck {

    private static final String MEMBER = "m.room.member";

    private final RoomTransition transition;
    private final Signatures signatures;

    PolicyCheck(RoomTransition transition, Signatures signatures) {
        this.transition = transition;
        this.signatures = signatures;
    }

    PolicyStanding check(Pdu event) {
        var server = serverOfRoom();
        if (server.isEmpty() || PolicyServer.isExempt(event) || isSigned(server.get(), event)) {
            return new PolicyStanding.Passed(event);
        }
        var by = server.get().name();
        return transition
                .policyAnswer(event.id())
                .filter(answer -> answer.by().equals(by))
                .map(answer -> after(answer, server.get(), event))
                .orElseGet(() -> new PolicyStanding.Unsigned(by));
    }

    private PolicyStanding after(PolicyAnswer answer, PolicyServer server, Pdu event) {
        return switch (answer) {
            case PolicyAnswer.Refusal(_, var reason) -> refused(reason);
            case PolicyAnswer.Signature signature -> {
                var signed = PolicyServer.withSignature(transition.rules(), event, signature);
                yield isSigned(server, signed)
                        ? new PolicyStanding.Passed(signed)
                        : refused(
                                "the room's policy server "
                                        + server.name()
                                        + " signed with another key than the room names");
            }
        };
    }

    private boolean isSigned(PolicyServer server, Pdu event) {
        return server.hasSigned(transition.rules(), event, signatures);
    }

    private PolicyStanding refused(String reason) {
        var named = transition.currentState().get(PolicyServer.NAMED_BY).stream().toList();
        return new PolicyStanding.Refused(
                new Refusal(PduCheck.POLICY_SERVER, Optional.empty(), reason, named));
    }

    /// The one that the current state names, if it has anybody in the room.
    private Optional<PolicyServer> serverOfRoom() {
        return transition
                .currentState()
                .get(PolicyServer.NAMED_BY)
                .flatMap(transition::event)
                .map(StoredEvent::pdu)
                .map(Pdu::content)
                .flatMap(PolicyServer::namedIn)
                .filter(server -> isInRoom(server.name()));
    }

    /// Who is in the room is known of what was committed last; where that has changed since, the
    /// members of that server are looked through.
    private boolean isInRoom(ServerName server) {
        var now = transition.currentState();
        boolean changed =
                transition.committedState().changesTo(now).keySet().stream()
                        .anyMatch(key -> isOf(server, key.type(), key.stateKey()));
        return changed ? hasMember(server, now) : transition.residents().contains(server);
    }

    private boolean hasMember(ServerName server, StateMap state) {
        var members = new ArrayList<EventId>();
        state.forEach(
                (key, event) -> {
                    if (isOf(server, key.type(), key.stateKey())) {
                        members.add(event);
                    }
                });
        transition.require(List.copyOf(members));
        return members.stream()
                .flatMap(id -> transition.event(id).stream())
                .anyMatch(
                        member ->
                                member.pdu()
                                        .content()
                                        .string("membership")
                                        .equals(Optional.of("join")));
    }

    private static boolean isOf(ServerName server, String type, String stateKey) {
        return type.equals(MEMBER)
                && UserId.parse(stateKey).map(UserId::server).equals(Optional.of(server));
    }
}
