package org.stratafed.server.engine.pdu.auth;

/// The words of verdicts.
final class Reasons {

    private Reasons() {}

    static String tooLittle(AuthContext context, Power required, String purpose) {
        return context.sender()
                + " has power "
                + context.senderPower()
                + ", and it takes "
                + required
                + " to "
                + purpose
                + ".";
    }

    /// One line of text, with all that could break it replaced and what is too much cut off.
    static String line(String text, int charsMax) {
        var line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < charsMax; ) {
            int c = text.codePointAt(i);
            line.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c);
            i += Character.charCount(c);
        }
        return line.toString();
    }
}
