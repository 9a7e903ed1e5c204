package org.stratafed.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The way over which others reach a server, and which can be cut: it listens where the server's
/// name says and hands on, byte by byte, to where the server really listens. While it is cut
/// connections are refused, those that were open are gone, and the server runs on.
public final class NetworkLink implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final int BUFFER_BYTES = 16 * 1024;

    private final String host;
    private final int port = FreePorts.next();
    private final int innerPort = FreePorts.next();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket entrance;

    /// A link that is up, to a server that may not be there yet.
    ///
    /// @param host what the server is called, without the port: `localhost` or `127.0.0.1`
    public NetworkLink(String host) {
        this.host = host;
        mend();
    }

    /// The server's name.
    String name() {
        return host + ":" + port;
    }

    /// The port where the server itself listens.
    int innerPort() {
        return innerPort;
    }

    /// Nothing comes through any more.
    public synchronized void cut() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(NetworkLink::drop);
    }

    /// What comes from now on comes through.
    public synchronized void mend() {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            entrance = socket;
            Thread.ofVirtual().start(() -> welcome(socket));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    private void welcome(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                var caller = from.accept();
                Thread.ofVirtual().start(() -> connect(caller, from));
            } catch (SocketException _) {
                // Closed, or the caller is gone already.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket caller, ServerSocket from) {
        try (caller;
                var server = new Socket(InetAddress.getLoopbackAddress(), innerPort)) {
            open.add(caller);
            open.add(server);
            // It may have been cut meanwhile.
            if (!from.isClosed()) {
                var back = Thread.ofVirtual().start(() -> pass(server, caller));
                pass(caller, server);
                back.join();
            }
        } catch (IOException _) {
            // Nobody is there: the caller sees its connection end.
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        } finally {
            open.remove(caller);
        }
    }

    /// Hands on until one of the two ends it, and then tells the other.
    private void pass(Socket from, Socket to) {
        try {
            var buffer = new byte[BUFFER_BYTES];
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            drop(from);
            drop(to);
        }
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
