package org.stratafed.server.store.sql;

import java.util.ArrayList;
import java.util.List;
import org.stratafed.api.model.event.Edu;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.json.JsonWriter;

/// How lists are kept in one column: as JSON text, in which nothing is normalised.
final class JsonBlobs {

    private static final String TYPE = "edu_type";
    private static final String CONTENT = "content";

    private JsonBlobs() {}

    static byte[] ofObjects(List<JsonObject> objects) {
        return JsonWriter.write(JsonArray.of(objects));
    }

    static List<JsonObject> objects(byte[] blob) {
        return ((JsonArray) JsonReader.read(blob)).objects();
    }

    static byte[] ofEdus(List<Edu> edus) {
        var objects = new ArrayList<JsonValue>();
        for (Edu edu : edus) {
            objects.add(
                    JsonObject.builder().put(TYPE, edu.type()).put(CONTENT, edu.content()).build());
        }
        return JsonWriter.write(JsonArray.of(objects));
    }

    static List<Edu> edus(byte[] blob) {
        return objects(blob).stream()
                .map(
                        edu ->
                                new Edu(
                                        edu.string(TYPE).orElseThrow(),
                                        edu.object(CONTENT).orElseThrow()))
                .toList();
    }
}
