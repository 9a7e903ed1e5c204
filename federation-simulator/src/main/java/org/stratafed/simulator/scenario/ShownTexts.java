package org.stratafed.simulator.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.SimServer;

/// How often each server's application was shown each message.
final class ShownTexts implements Observer {

    private final Map<Text, Integer> times = new LinkedHashMap<>();

    private record Text(SimServer server, String text) {}

    @Override
    public void onShown(SimServer server, TimelineEvent event) {
        event.pdu()
                .content()
                .string("body")
                .ifPresent(text -> times.merge(new Text(server, text), 1, Integer::sum));
    }

    int times(SimServer server, String text) {
        return times.getOrDefault(new Text(server, text), 0);
    }
}
