package org.stratafed.simulator.store;

import org.stratafed.contract.MembershipContract;
import org.stratafed.contract.StoresUnderTest;

class SimMembershipTest extends MembershipContract {

    @Override
    protected StoresUnderTest start() {
        return new SimStoresUnderTest();
    }
}
