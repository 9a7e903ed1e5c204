package org.stratafed.server.engine.transport;

import static org.stratafed.simulator.planted.PlantedFault.planted;

import java.util.List;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonWriter;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.transport.routing.JsonResponse;
import org.stratafed.simulator.planted.PlantedFault;

/// What can be wrong with how other servers are answered.
public final class IncomingFaults {

    private IncomingFaults() {}

    public static List<PlantedFault> all() {
        return List.of(
                planted(
                        "whatever goes wrong is answered as if all were well",
                        "IncomingRequests.refusal",
                        AllIsWell.class,
                        200,
                        "denies"));
    }

    static final class AllIsWell {
        static WireResponse refusal() {
            var taken = JsonObject.builder().put("pdus", JsonObject.empty()).build();
            return JsonResponse.ok(JsonWriter.write(taken));
        }
    }
}
