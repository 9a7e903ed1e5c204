package org.stratafed.server.store.sql;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All statements of the stores, by the name of their constant, for tests that look at them.
public final class SqlStatements {

    private static final List<Class<?>> PLACES =
            List.of(
                    RoomStatements.class,
                    EventStatements.class,
                    StateStatements.class,
                    TimelineStatements.class,
                    MembershipStatements.class,
                    OutboxStatements.class,
                    InboxStatements.class,
                    DirectoryStatements.class,
                    SqlKeyStore.class,
                    ServerIdentity.class);

    private SqlStatements() {}

    public static Map<String, String> byName() {
        var statements = new LinkedHashMap<String, String>();
        for (Class<?> place : PLACES) {
            for (Field field : place.getDeclaredFields()) {
                if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                    String text = text(field);
                    if (isWhole(text)) {
                        statements.put(field.getName() + " of " + place.getSimpleName(), text);
                    }
                }
            }
        }
        return statements;
    }

    /// Parts that several statements share have no condition, or no end.
    private static boolean isWhole(String text) {
        return switch (text.strip().split("\\s")[0]) {
            case "INSERT", "UPDATE", "DELETE" -> true;
            case "SELECT" -> text.contains("WHERE");
            case "WITH" -> !text.stripTrailing().endsWith(")");
            default -> false;
        };
    }

    private static String text(Field field) {
        try {
            field.setAccessible(true);
            return (String) field.get(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
