package org.stratafed.simulator.hostile;

import java.util.Optional;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.Timeline.MessagesRequest;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.host.SimServer;

/// Users of honest servers who ask for history, which may have to be asked of the hostile peer.
final class ReadingBack {

    private static final int PAGE_MAX = 50;
    private static final int PAGES_MAX = 4;

    private ReadingBack() {}

    static void begin(Attack attack) {
        for (var victim : attack.victims()) {
            victim.disk().room(attack.room()).orElseThrow().members(victim.name()).stream()
                    .findFirst()
                    .ifPresent(user -> page(attack, victim, user, Optional.empty(), 1));
        }
    }

    private static void page(
            Attack attack, SimServer at, UserId user, Optional<String> from, int number) {
        var request =
                new MessagesRequest(
                        attack.room(), from, Optional.empty(), true, PAGE_MAX, EventFilter.ALL);
        attack.stage()
                .perform(
                        user + " reads back",
                        at,
                        at.messaging().timeline().messages(user, request),
                        page -> {
                            if (page.end().isPresent() && number < PAGES_MAX && at.isUp()) {
                                page(attack, at, user, page.end(), number + 1);
                            }
                        },
                        _ -> {});
    }
}
