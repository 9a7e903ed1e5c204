package org.stratafed.server.command.judge;

/// What was given to be judged can't be. The message is for whoever wrote it.
final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidInput(String message) {
        super(message, null, false, false);
    }
}
