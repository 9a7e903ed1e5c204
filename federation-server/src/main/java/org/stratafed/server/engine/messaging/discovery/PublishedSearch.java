package org.stratafed.server.engine.messaging.discovery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.exchange.PublicRoomsRequest;

/// Which of the published rooms somebody wants to see.
///
/// @param term in lower case
record PublishedSearch(Optional<String> term, Optional<List<Optional<String>>> types) {

    static final int TERM_CHARS_MAX = 255;

    static PublishedSearch of(PublicRoomsRequest.Filter filter) {
        filter.searchTerm()
                .filter(term -> term.length() > TERM_CHARS_MAX)
                .ifPresent(
                        term -> {
                            throw MatrixException.invalidParam(
                                    "generic_search_term is longer than " + TERM_CHARS_MAX);
                        });
        return new PublishedSearch(
                filter.searchTerm().map(PublishedSearch::folded), filter.roomTypes());
    }

    boolean matches(KnownRoom room) {
        if (term.isEmpty() && types.isEmpty()) {
            return true;
        }
        var summary = room.summary();
        var look = summary.look();
        return types.map(wanted -> wanted.contains(summary.kind().type())).orElse(true)
                && term.map(
                                wanted ->
                                        Stream.of(look.name(), look.topic(), look.canonicalAlias())
                                                .flatMap(Optional::stream)
                                                .anyMatch(text -> folded(text).contains(wanted)))
                        .orElse(true);
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
