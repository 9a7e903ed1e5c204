package org.stratafed.simulator.planted;

import java.util.List;
import java.util.stream.Stream;
import org.stratafed.server.engine.messaging.MessagingFaults;
import org.stratafed.server.engine.messaging.reading.ReadingFaults;
import org.stratafed.server.engine.messaging.sync.SyncFaults;
import org.stratafed.server.engine.pdu.approval.ApprovalFaults;
import org.stratafed.server.engine.pdu.arrival.ArrivalFaults;
import org.stratafed.server.engine.pdu.auth.AuthFaults;
import org.stratafed.server.engine.pdu.event.EventFaults;
import org.stratafed.server.engine.pdu.graph.GraphFaults;
import org.stratafed.server.engine.pdu.handshake.HandshakeFaults;
import org.stratafed.server.engine.pdu.policy.PolicyFaults;
import org.stratafed.server.engine.pdu.resolution.ResolutionFaults;
import org.stratafed.server.engine.pdu.room.RoomFaults;
import org.stratafed.server.engine.transaction.inbound.InboundFaults;
import org.stratafed.server.engine.transaction.outbound.OutboundFaults;
import org.stratafed.server.engine.transport.IncomingFaults;
import org.stratafed.server.engine.transport.auth.AuthenticationFaults;
import org.stratafed.server.engine.transport.discovery.DiscoveryFaults;
import org.stratafed.server.engine.transport.keys.KeyFaults;
import org.stratafed.server.engine.transport.wire.WireFaults;

/// All planted faults. Each lives in the package of the class that it is put into.
final class PlantedFaults {

    static final List<PlantedFault> ALL =
            Stream.of(
                            OutboundFaults.all(),
                            InboundFaults.all(),
                            RoomFaults.all(),
                            ResolutionFaults.all(),
                            GraphFaults.all(),
                            AuthFaults.all(),
                            EventFaults.all(),
                            HandshakeFaults.all(),
                            ArrivalFaults.all(),
                            PolicyFaults.all(),
                            ApprovalFaults.all(),
                            AuthenticationFaults.all(),
                            KeyFaults.all(),
                            DiscoveryFaults.all(),
                            IncomingFaults.all(),
                            WireFaults.all(),
                            MessagingFaults.all(),
                            ReadingFaults.all(),
                            SyncFaults.all())
                    .flatMap(List::stream)
                    .toList();

    private PlantedFaults() {}
}
