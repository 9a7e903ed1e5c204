package org.stratafed.simulator.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;

/// What an honest server answered to a hostile peer.
record Reply(int status, byte[] body) {

    boolean isOk() {
        return status == 200;
    }

    JsonObject json() {
        return JsonReader.readObject(body);
    }

    @Override
    public String toString() {
        return status + " " + new String(body, UTF_8);
    }
}
