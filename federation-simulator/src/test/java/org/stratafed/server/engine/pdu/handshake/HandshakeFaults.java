package org.stratafed.server.engine.pdu.handshake;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bytebuddy.implementation.bind.annotation.Argument;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with joining and leaving through another server.
public final class HandshakeFaults {

    private static final Optional<String> MEMBER = Optional.of("m.room.member");

    private HandshakeFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "who joins is not told the auth chain",
                        "ResidentHandshake.answer",
                        NoAuthChain.class,
                        200,
                        "have the same events"),
                planted(
                        "who joins is not told of the latest member",
                        "ResidentHandshake.answer",
                        OneMemberLess.class,
                        200,
                        "have the same events"),
                planted(
                                "a proposed membership may be anything",
                                "MembershipChecks.template",
                                Nothing.class,
                                20,
                                "signs whatever is proposed")
                        .in("hostile/doctored-join"));
    }

    static final class NoAuthChain {
        static SendJoinAnswer answer(@Argument(0) StateEvents before) {
            return new SendJoinAnswer(
                    before.state(), List.of(), Optional.empty(), false, List.of());
        }
    }

    static final class OneMemberLess {
        static SendJoinAnswer answer(@Argument(0) StateEvents before) {
            var state = new ArrayList<>(before.state());
            state.reversed().stream()
                    .filter(event -> MEMBER.equals(event.json().string("type")))
                    .findFirst()
                    .ifPresent(state::remove);
            return new SendJoinAnswer(
                    state, before.authChain(), Optional.empty(), false, List.of());
        }
    }

    static final class Nothing {
        static Optional<?> nothing() {
            return Optional.empty();
        }
    }
}
