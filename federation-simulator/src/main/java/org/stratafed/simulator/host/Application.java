package org.stratafed.simulator.host;

import java.util.List;
import org.stratafed.api.layer.messaging.MessagingHandler;
import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.layer.messaging.TimelineEvent;
import org.stratafed.simulator.loop.Lifetime;

/// The product above one incarnation's messaging layer: it pulls what is new, and writes down how
/// far it got together with what it got.
final class Application implements MessagingHandler {

    private static final int PULLED_MAX = 100;

    private final SimServer server;
    private final Lifetime lifetime;
    private final Observer observer;
    private boolean isPulling;
    private boolean isMore;

    Application(SimServer server, Lifetime lifetime, Observer observer) {
        this.server = server;
        this.lifetime = lifetime;
        this.observer = observer;
    }

    @Override
    public void onTimeline(long position) {
        server.incarnation().ifPresent(it -> pull(it.messaging()));
    }

    /// Takes what is new, one question at a time.
    void pull(MessagingLayer messaging) {
        if (isPulling) {
            isMore = true;
            return;
        }
        isPulling = true;
        isMore = false;
        messaging
                .timeline()
                .after(server.shownUpTo(), PULLED_MAX)
                .subscribe()
                .with(
                        events -> take(events, messaging),
                        defect -> {
                            throw new IllegalStateException("the timeline failed", defect);
                        });
    }

    private void take(List<TimelineEvent> events, MessagingLayer messaging) {
        if (lifetime.isOver()) {
            return;
        }
        for (TimelineEvent event : events) {
            observer.onShown(server, event);
            server.show(event);
        }
        isPulling = false;
        if (isMore || events.size() == PULLED_MAX) {
            pull(messaging);
        }
    }
}
