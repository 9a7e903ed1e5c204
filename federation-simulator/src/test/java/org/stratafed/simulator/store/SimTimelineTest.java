package org.stratafed.simulator.store;

import org.stratafed.contract.StoresUnderTest;
import org.stratafed.contract.TimelineContract;

class SimTimelineTest extends TimelineContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
