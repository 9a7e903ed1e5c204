package org.stratafed.simulator.store;

import org.stratafed.contract.HealthContract;
import org.stratafed.contract.StoresUnderTest;

class SimHealthTest extends HealthContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
