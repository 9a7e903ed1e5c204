package org.stratafed.simulator.store;

import org.stratafed.contract.JoinContract;
import org.stratafed.contract.StoresUnderTest;

class SimJoinTest extends JoinContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
