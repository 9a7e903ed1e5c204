package org.stratafed.server.engine.pdu.graph;

/// How much of other servers' answers has come in: of one step of a fetch.
final class Received {

    private int events;
    private long bytes;

    void add(int moreEvents, long moreBytes) {
        events += moreEvents;
        bytes += moreBytes;
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }
}
