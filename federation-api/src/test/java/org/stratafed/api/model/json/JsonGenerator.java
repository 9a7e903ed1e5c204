package org.stratafed.api.model.json;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Random JSON values, with more than their share of what goes wrong: keys on both sides of the
/// surrogates, controls, numbers around the limits.
final class JsonGenerator {

    private static final int DEPTH_MAX = 6;
    private static final int[] CODE_POINTS = {
        0, 1, 8, 9, 0x0A, 0x0C, 0x0D, 0x1F, ' ', '"', '/', '\\', 'a', 'b', 'Z', 0x7F, 0x80, 0xE9,
        0x7FF, 0x800, 0x2028, 0xD7FF, 0xE000, 0xFF5E, 0xFFFF, 0x1_0000, 0x1_F600, 0x10_FFFF
    };
    private static final long[] INTEGERS = {
        0, 1, -1, 42, (1L << 53) - 1, -(1L << 53) + 1, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private final RandomGenerator random;

    JsonGenerator(RandomGenerator random) {
        this.random = random;
    }

    JsonValue value() {
        return value(0);
    }

    private JsonValue value(int depth) {
        return switch (random.nextInt(depth == DEPTH_MAX ? 4 : 7)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2 -> JsonNumber.of(integer());
            case 3 -> new JsonString(string());
            case 4 -> array(depth);
            default -> object(depth);
        };
    }

    private JsonArray array(int depth) {
        List<JsonValue> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            items.add(value(depth + 1));
        }
        return JsonArray.of(items);
    }

    /// Now and then with so many members that they are sorted in the other way.
    private JsonObject object(int depth) {
        var object = JsonObject.builder();
        int count = random.nextInt(20) == 0 ? 60 : random.nextInt(8);
        for (int i = 0; i < count; i++) {
            object.put(string(), value(count > 8 ? DEPTH_MAX : depth + 1));
        }
        return object.build();
    }

    private String string() {
        var string = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            string.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return string.toString();
    }

    private long integer() {
        return random.nextBoolean()
                ? INTEGERS[random.nextInt(INTEGERS.length)]
                : random.nextLong(-1000, 1000);
    }
}
