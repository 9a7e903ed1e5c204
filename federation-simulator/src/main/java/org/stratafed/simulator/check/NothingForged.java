package org.stratafed.simulator.check;

import java.util.LinkedHashSet;
import java.util.Set;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.store.RoomCommit;
import org.stratafed.simulator.check.rules.RedactedForm;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Simulation;
import org.stratafed.simulator.store.Disk;

/// No event is stored that its sender's server did not sign, nor, up to version 2, the one that its
/// ID names; each is what its ID is the hash of, and either has the content that it was sent with
/// or none that redaction takes away.
final class NothingForged implements Observer {

    private final Simulation simulation;
    private final Set<Pdu> sound = new LinkedHashSet<>();

    NothingForged(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void onCommit(Disk disk, RoomCommit commit) {
        for (var write : commit.events()) {
            // An event is the same everywhere: it is looked at where it comes up first.
            if (sound.add(write.pdu())) {
                check(disk, commit.version(), write.pdu());
            }
        }
    }

    private void check(Disk disk, RoomVersion version, Pdu event) {
        var redacted = new RedactedForm(version);
        if (!isProvedByAnAddress(event)
                && !new RealProofs(simulation, version)
                        .isSignedBy(event, event.sender().server())) {
            add(disk, event, "which its sender's server did not sign");
        }
        var server = redacted.serverOfId(event.json());
        if (server.isPresent()
                && !new RealProofs(simulation, version).isSignedBy(event, server.get())) {
            add(disk, event, "which the server in its ID did not sign");
        }
        if (!redacted.eventId(event.json()).equals(event.id().value())) {
            add(disk, event, "whose ID is another's");
        }
        if (!redacted.isWholeOrRedacted(event.json())) {
            add(disk, event, "whose content was tampered with");
        }
    }

    /// Whoever redeems the invitation of an address makes the invite in the inviter's name. Whether
    /// it is proved the authorization rules say.
    private static boolean isProvedByAnAddress(Pdu event) {
        var content = event.content();
        return event.type().equals("m.room.member")
                && content.string("membership").filter("invite"::equals).isPresent()
                && content.object("third_party_invite").isPresent();
    }

    private void add(Disk disk, Pdu event, String what) {
        simulation.violations().add("%s stores %s, %s".formatted(disk.owner(), event, what));
    }
}
