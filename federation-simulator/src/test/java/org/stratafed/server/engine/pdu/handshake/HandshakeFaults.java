package org.stratafed.server.engine.pdu.handshake;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import java.util.Optional;
import net.bytebuddy.implementation.bind.annotation.Argument;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.exchange.StateEvents;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with joining and leaving through another server.
public final class HandshakeFaults {

    private HandshakeFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "who joins is not told the auth chain",
                        "ResidentHandshake.answer",
                        NoAuthChain.class,
                        40,
                        "have the same events"),
                planted(
                        "who joins is told half of the state",
                        "ResidentHandshake.answer",
                        HalfTheState.class,
                        40,
                        ""));
    }

    static final class NoAuthChain {
        static SendJoinAnswer answer(@Argument(0) StateEvents before) {
            return new SendJoinAnswer(
                    before.state(), List.of(), Optional.empty(), false, List.of());
        }
    }

    static final class HalfTheState {
        static SendJoinAnswer answer(@Argument(0) StateEvents before) {
            var half = before.state().subList(0, (before.state().size() + 1) / 2);
            return new SendJoinAnswer(half, before.authChain(), Optional.empty(), false, List.of());
        }
    }
}
