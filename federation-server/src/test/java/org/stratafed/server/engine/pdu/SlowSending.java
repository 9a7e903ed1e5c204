package org.stratafed.server.engine.pdu;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transaction.RoomStream;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.model.exchange.SendJoinPart;

/// A room that is sent up to some part of it, and then no more, or never again.
final class SlowSending implements RoomStream {

    private final RoomStream whole;
    private final boolean isCutOff;
    private int rest;

    private SlowSending(RoomStream whole, int parts, boolean isCutOff) {
        this.whole = whole;
        this.isCutOff = isCutOff;
        rest = parts;
    }

    static RoomStream cutOffAfter(int parts, RoomStream whole) {
        return new SlowSending(whole, parts, true);
    }

    static RoomStream silentAfter(int parts, RoomStream whole) {
        return new SlowSending(whole, parts, false);
    }

    @Override
    public Uni<Optional<List<SendJoinPart>>> next() {
        if (rest-- > 0) {
            return whole.next();
        }
        return isCutOff
                ? Uni.createFrom().failure(new RemoteFailure.TimedOut("it broke off"))
                : Uni.createFrom().nothing();
    }

    @Override
    public long bytes() {
        return whole.bytes();
    }

    @Override
    public void discard() {
        whole.discard();
    }
}
