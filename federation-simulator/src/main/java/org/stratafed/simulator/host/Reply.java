package org.stratafed.simulator.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;

/// What a server answered to a [Guest].
public record Reply(int status, byte[] body) {

    public boolean isOk() {
        return status == 200;
    }

    public JsonObject json() {
        return JsonReader.readObject(body);
    }

    @Override
    public String toString() {
        return status + " " + new String(body, UTF_8);
    }
}
