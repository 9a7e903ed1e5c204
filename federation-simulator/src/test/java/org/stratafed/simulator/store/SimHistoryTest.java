package org.stratafed.simulator.store;

import org.stratafed.contract.HistoryContract;
import org.stratafed.contract.StoresUnderTest;

class SimHistoryTest extends HistoryContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
