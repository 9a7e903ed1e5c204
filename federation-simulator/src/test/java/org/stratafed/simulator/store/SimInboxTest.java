package org.stratafed.simulator.store;

import org.stratafed.contract.InboxContract;
import org.stratafed.contract.StoresUnderTest;

class SimInboxTest extends InboxContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
