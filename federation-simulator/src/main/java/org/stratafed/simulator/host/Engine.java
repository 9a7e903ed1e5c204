package org.stratafed.simulator.host;

import org.stratafed.api.layer.messaging.MessagingLayer;
import org.stratafed.api.spi.WireHandler;

/// What runs in a virtual server, as far as the simulation has to know it.
public interface Engine {

    void start();

    WireHandler wireHandler();

    MessagingLayer messaging();
}
