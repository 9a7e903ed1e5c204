package org.stratafed.server.host.quarkus;

import org.stratafed.server.host.quarkus.HostSettings.Listen;

/// Something the operator has to set right before the server can start. The message is all that
/// the operator is shown.
final class WrongSettingException extends RuntimeException {

    WrongSettingException(String message) {
        super(message, null, false, false);
    }

    /// @param what the part of the settings' names that says which port it is
    static WrongSettingException cannotListen(String what, Listen listen, String why) {
        return new WrongSettingException(
                "Nothing can listen at "
                        + listen
                        + " ("
                        + why
                        + "): stop what uses it, or change strata."
                        + what
                        + ".port or strata."
                        + what
                        + ".bind.");
    }
}
