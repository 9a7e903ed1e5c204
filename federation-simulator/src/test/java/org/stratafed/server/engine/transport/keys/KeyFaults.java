package org.stratafed.server.engine.transport.keys;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;
import org.stratafed.api.model.crypto.ServerKey;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.engine.transport.keys.ServerKeyRing.FirstHand;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with the keys of other servers.
public final class KeyFaults {

    private KeyFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "a server is asked for its keys once",
                        "KnownKeys.isAskable",
                        Never.class,
                        200,
                        "has something to send to"),
                planted(
                        "a key that is not known is not asked for",
                        "KnownKeys.isWorthAsking",
                        OnlyIfEmpty.class,
                        200,
                        "has something to send to"),
                planted(
                                "a key out of use proves whatever it signs",
                                "KnownKeys.key",
                                ForEver.class,
                                5,
                                "it is signed with an expired key")
                        .in("hostile/expired-key"),
                planted(
                                "a notary is believed over the server itself",
                                "ServerKeyRing.firstHand",
                                NobodyIsKnown.class,
                                5,
                                "did not sign")
                        .in("hostile/false-voucher"),
                planted(
                                "keys that were used before are not told",
                                "KeyPublication.oldVerifyKeys",
                                None.class,
                                5,
                                "it has no create event that stands")
                        .in("outage/key-rotation"),
                planted(
                                "a notary says nothing of others",
                                "Notary.said",
                                Nothing.class,
                                5,
                                "have the same events")
                        .in("outage/join-while-away"));
    }

    static final class Never {
        static boolean isAskable(@This KnownKeys keys) {
            return keys.isEmpty();
        }
    }

    static final class OnlyIfEmpty {
        static boolean isWorthAsking(@This KnownKeys keys) {
            return keys.isEmpty();
        }
    }

    static final class ForEver {
        static Optional<ServerKey> key(@SuperCall Callable<Optional<ServerKey>> original)
                throws Exception {
            return original.call()
                    .map(it -> new ServerKey(it.key(), Long.MAX_VALUE, OptionalLong.empty()));
        }
    }

    static final class NobodyIsKnown {
        static FirstHand firstHand(@SuperCall Callable<FirstHand> original) throws Exception {
            return new FirstHand(original.call().book(), new LinkedHashSet<>());
        }
    }

    static final class Nothing {
        static Uni<Optional<JsonObject>> said() {
            return Uni.createFrom().item(Optional.empty());
        }
    }

    static final class None {
        static JsonObject none() {
            return JsonObject.empty();
        }
    }
}
