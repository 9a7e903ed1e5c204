package org.stratafed.api.layer.messaging;

/// What the messaging layer tells the product above it.
public interface MessagingHandler {

    /// There is something new up to this position. A hint, after the commit: consumers pull with
    /// [Timeline#after].
    void onTimeline(long position);

    /// A handler for products that only pull.
    static MessagingHandler none() {
        return _ -> {};
    }
}
