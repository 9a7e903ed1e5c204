package org.stratafed.simulator.store;

import org.stratafed.contract.StoresUnderTest;
import org.stratafed.contract.VerdictContract;

class SimVerdictTest extends VerdictContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
