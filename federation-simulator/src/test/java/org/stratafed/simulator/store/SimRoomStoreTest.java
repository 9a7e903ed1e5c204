package org.stratafed.simulator.store;

import org.stratafed.contract.RoomStoreContract;
import org.stratafed.contract.StoresUnderTest;

class SimRoomStoreTest extends RoomStoreContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
