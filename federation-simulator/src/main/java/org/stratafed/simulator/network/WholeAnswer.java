package org.stratafed.simulator.network;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.stratafed.api.spi.WireBody;

/// An answer's body, pulled at the end that made it until all of it is there.
final class WholeAnswer {

    private final WireBody body;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    WholeAnswer(WireBody body) {
        this.body = body;
    }

    void read(Consumer<byte[]> whole) {
        body.next()
                .subscribe()
                .with(
                        chunk -> take(chunk, whole),
                        defect -> {
                            throw new IllegalStateException("a body broke off", defect);
                        });
    }

    private void take(Optional<byte[]> chunk, Consumer<byte[]> whole) {
        if (chunk.isEmpty()) {
            whole.accept(bytes.toByteArray());
            return;
        }
        bytes.writeBytes(chunk.get());
        read(whole);
    }
}
