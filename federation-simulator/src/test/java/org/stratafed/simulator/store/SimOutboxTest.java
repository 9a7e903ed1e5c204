package org.stratafed.simulator.store;

import org.stratafed.contract.OutboxContract;
import org.stratafed.contract.StoresUnderTest;

class SimOutboxTest extends OutboxContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
