package org.stratafed.simulator.store;

import org.stratafed.contract.DirectoryContract;
import org.stratafed.contract.StoresUnderTest;

class SimDirectoryTest extends DirectoryContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
