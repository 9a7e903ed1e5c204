package org.stratafed.server.host.vertx;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.Route;

/// Why an exchange with a peer failed, in words for who operates a server. Libraries wrap the
/// reason in exceptions that say less.
final class Causes {

    private static final int DEPTH_MAX = 10;

    private Causes() {}

    /// What happened before any answer came.
    static RemoteFailure beforeAnswer(Route route, Throwable failure) {
        return new RemoteFailure.Unreachable(place(route) + ": " + reason(route, failure));
    }

    private static String reason(Route route, Throwable failure) {
        Throwable root = root(failure);
        return switch (root) {
            case CertPathBuilderException _ ->
                    "its certificate is not signed by an authority that this server trusts";
            case CertificateExpiredException _ -> "its certificate has expired";
            case CertificateNotYetValidException _ -> "its certificate is not valid yet";
            case NoRouteToHostException _ -> "no route to this address";
            case ConnectException _ when isTimeout(root) -> "no connection within the time allowed";
            case ConnectException _ -> "connection refused";
            case SSLException ssl -> "no TLS connection: " + words(ssl);
            default ->
                    isCertificateName(root)
                            ? "its certificate is not valid for "
                                    + route.certificateName()
                                    + " ("
                                    + words(root)
                                    + ")"
                            : isClosed(root)
                                    ? "it closed the connection without an answer"
                                    : words(root);
        };
    }

    static RemoteFailure.TimedOut timedOut(Route route, String what) {
        return new RemoteFailure.TimedOut(place(route) + ": " + what);
    }

    /// What happened after the answer's head came.
    static RemoteFailure inBody(Route route, Throwable failure) {
        Throwable root = root(failure);
        String why = isClosed(root) ? "it closed the connection" : words(root);
        return new RemoteFailure.Garbled(place(route) + ": the answer was cut off: " + why);
    }

    /// Which server, and where it was looked for.
    static String place(Route route) {
        String address =
                route.address().indexOf(':') < 0 ? route.address() : "[" + route.address() + "]";
        return route.hostHeader() + " (" + address + " port " + route.port() + ")";
    }

    static String words(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static boolean isCertificateName(Throwable root) {
        return root instanceof java.security.cert.CertificateException;
    }

    private static boolean isClosed(Throwable root) {
        return root instanceof io.vertx.core.http.HttpClosedException
                || root instanceof java.nio.channels.ClosedChannelException
                || (root instanceof java.io.IOException
                        && words(root).contains("Connection reset"));
    }

    private static boolean isTimeout(Throwable root) {
        return words(root).contains("timed out");
    }

    static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < DEPTH_MAX && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root;
    }
}
