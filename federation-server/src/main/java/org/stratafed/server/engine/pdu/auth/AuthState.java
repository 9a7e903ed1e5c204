package org.stratafed.server.engine.pdu.auth;

import java.util.Optional;
import org.stratafed.api.model.event.Pdu;

/// The state that an event is checked against: what its own auth events make up, the state before
/// it, or the room's current state.
///
/// Where the room version keeps the create event out of `auth_events`, it is found here
/// nevertheless: whoever provides the state takes it from the room ID, and provides it only if it
/// was accepted.
@FunctionalInterface
public interface AuthState {

    Optional<Pdu> event(String type, String stateKey);
}
