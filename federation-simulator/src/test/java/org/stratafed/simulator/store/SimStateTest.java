package org.stratafed.simulator.store;

import org.stratafed.contract.StateContract;
import org.stratafed.contract.StoresUnderTest;

class SimStateTest extends StateContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
