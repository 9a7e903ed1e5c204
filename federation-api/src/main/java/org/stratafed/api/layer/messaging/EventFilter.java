package org.stratafed.api.layer.messaging;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;

/// Which events a reader wants, and how many at most.
///
/// @param types with `*` as a wildcard; empty means all
/// @param lazyLoadMembers only the memberships of senders that are shown
public record EventFilter(
        int limit,
        Optional<List<String>> types,
        List<String> notTypes,
        Optional<List<UserId>> senders,
        List<UserId> notSenders,
        Optional<Boolean> containsUrl,
        boolean lazyLoadMembers) {

    public static final int LIMIT_DEFAULT = 10;
    public static final int LIMIT_MAX = 1_000;

    public static final EventFilter ALL =
            new EventFilter(
                    LIMIT_DEFAULT,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    false);

    public boolean admits(Pdu event) {
        return types.map(wanted -> matchesAny(wanted, event.type())).orElse(true)
                && !matchesAny(notTypes, event.type())
                && senders.map(wanted -> wanted.contains(event.sender())).orElse(true)
                && !notSenders.contains(event.sender())
                && containsUrl
                        .map(wanted -> wanted == event.content().string("url").isPresent())
                        .orElse(true);
    }

    private static boolean matchesAny(List<String> patterns, String type) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, 0, type, 0));
    }

    private static boolean matches(String pattern, int p, String type, int t) {
        if (p == pattern.length()) {
            return t == type.length();
        }
        if (pattern.charAt(p) == '*') {
            return matches(pattern, p + 1, type, t)
                    || t < type.length() && matches(pattern, p, type, t + 1);
        }
        return t < type.length()
                && pattern.charAt(p) == type.charAt(t)
                && matches(pattern, p + 1, type, t + 1);
    }
}
