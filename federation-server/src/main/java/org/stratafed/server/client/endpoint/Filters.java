package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.AccountDataStore;
import org.stratafed.server.client.format.FilterReader;
import org.stratafed.server.client.routing.EngineCalls;

/// The filters users keep here, by the names they get.
public final class Filters {

    private final AccountDataStore store;
    private final EngineCalls engine;

    public Filters(AccountDataStore store, EngineCalls engine) {
        this.store = store;
        this.engine = engine;
    }

    Uni<String> keep(UserId user, JsonObject filter) {
        FilterReader.sync(filter);
        return engine.call(() -> store.addFilter(user, filter)).map(String::valueOf);
    }

    Uni<JsonObject> kept(UserId user, String name) {
        return engine.call(() -> store.filter(user, number(name)))
                .map(
                        filter ->
                                filter.orElseThrow(
                                        () -> MatrixException.notFound("No such filter")));
    }

    /// The filter of a query parameter: a name, or the filter itself; one that lets everything
    /// pass without.
    Uni<JsonObject> named(UserId user, Optional<String> parameter) {
        if (parameter.isEmpty()) {
            return Uni.createFrom().item(JsonObject.empty());
        }
        return parameter.get().startsWith("{")
                ? Uni.createFrom().item(FilterReader.parse(parameter.get()))
                : kept(user, parameter.get());
    }

    private static long number(String name) {
        try {
            return Long.parseLong(name);
        } catch (NumberFormatException _) {
            throw MatrixException.notFound("No such filter");
        }
    }
}
