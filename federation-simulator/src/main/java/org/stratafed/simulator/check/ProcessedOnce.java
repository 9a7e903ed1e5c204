package org.stratafed.simulator.check;

import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.TransactionId;
import org.stratafed.simulator.host.Observer;
import org.stratafed.simulator.host.Violations;
import org.stratafed.simulator.store.Disk;

/// A transaction whose response is there is not processed again.
final class ProcessedOnce implements Observer {

    private final Violations violations;

    ProcessedOnce(Violations violations) {
        this.violations = violations;
    }

    @Override
    public void onResponse(Disk disk, ServerName origin, TransactionId transaction, boolean again) {
        if (again) {
            violations.add(
                    "%s processed transaction %s of %s twice"
                            .formatted(disk.owner(), transaction, origin));
        }
    }
}
