package org.stratafed.server.host.quarkus;

/// Something the operator has to set right before the server can start. The message is all that
/// the operator is shown.
final class WrongSettingException extends RuntimeException {

    WrongSettingException(String message) {
        super(message, null, false, false);
    }
}
