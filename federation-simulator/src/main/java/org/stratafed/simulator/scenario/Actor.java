package org.stratafed.simulator.scenario;

/// One server, to say what is done and seen there.
public record Actor(String server) implements UserSteps, ServerSteps, Sightings {}
