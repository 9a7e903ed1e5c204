package org.stratafed.simulator.scenario;

import java.util.Optional;
import org.stratafed.api.layer.messaging.EventFilter;
import org.stratafed.api.layer.messaging.Timeline.MessagesPage;
import org.stratafed.api.layer.messaging.Timeline.MessagesRequest;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.api.model.id.UserId;
import org.stratafed.simulator.host.SimServer;

/// A user who pages back through a room until there is no more.
final class Reading {

    private static final int PAGE_MAX = 20;
    private static final int PAGES_MAX = 10_000;

    private final Stage stage;
    private final SimServer server;
    private final UserId user;
    private int pages;

    Reading(Stage stage, SimServer server, UserId user) {
        this.stage = stage;
        this.server = server;
        this.user = user;
    }

    void begin() {
        stage.read(user).clear();
        ask(Optional.empty());
    }

    private void ask(Optional<String> from) {
        if (++pages > PAGES_MAX) {
            throw new IllegalStateException(user + " reads forever");
        }
        var request =
                new MessagesRequest(
                        stage.room(""), from, Optional.empty(), true, PAGE_MAX, EventFilter.ALL);
        stage.perform(
                user + " reads page " + pages,
                server,
                server.messaging().timeline().messages(user, request),
                this::take);
    }

    private void take(MessagesPage page) {
        page.chunk().stream().map(TimelineEvent::pdu).forEach(stage.read(user)::add);
        if (page.end().isPresent()) {
            ask(page.end());
        }
    }
}
