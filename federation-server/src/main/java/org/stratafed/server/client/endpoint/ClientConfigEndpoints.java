package org.stratafed.server.client.endpoint;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.server.client.account.AccountDataStore;
import org.stratafed.server.client.account.AccountDatum;
import org.stratafed.server.client.account.Caller;
import org.stratafed.server.client.format.PushRules;
import org.stratafed.server.client.routing.Call;
import org.stratafed.server.client.routing.ClientAnswer;
import org.stratafed.server.client.routing.ClientEndpoint;
import org.stratafed.server.client.routing.EngineCalls;

/// What clients keep with their server: filters and account data. Push rules are the predefined
/// ones.
///
/// @see <a href="https://spec.matrix.org/v1.19/client-server-api/#client-config">Client config</a>
public final class ClientConfigEndpoints {

    /// Account data that the server has endpoints of its own for, or would.
    private static final List<String> SERVERS_OWN = List.of("m.fully_read", "m.push_rules");

    private static final String PUSH_RULES = "/pushrules";

    private final AccountDataStore accountData;
    private final Filters filters;
    private final EngineCalls engine;

    public ClientConfigEndpoints(
            AccountDataStore accountData, Filters filters, EngineCalls engine) {
        this.accountData = accountData;
        this.filters = filters;
        this.engine = engine;
    }

    public List<ClientEndpoint> all() {
        String global = "/user/{userId}/account_data/{type}";
        String ofRoom = "/user/{userId}/rooms/{roomId}/account_data/{type}";
        return List.of(
                ClientEndpoint.v3("POST", "/user/{userId}/filter", this::addFilter),
                ClientEndpoint.v3("GET", "/user/{userId}/filter/{filterId}", this::filter),
                ClientEndpoint.v3("GET", global, (call, caller) -> datum(call, caller, 1)),
                ClientEndpoint.v3("PUT", global, (call, caller) -> save(call, caller, 1)),
                ClientEndpoint.v3("GET", ofRoom, (call, caller) -> datum(call, caller, 2)),
                ClientEndpoint.v3("PUT", ofRoom, (call, caller) -> save(call, caller, 2)),
                ClientEndpoint.v3("GET", PUSH_RULES, (_, caller) -> pushRules(caller)),
                ClientEndpoint.v3("GET", PUSH_RULES + "/", (_, caller) -> pushRules(caller)),
                ClientEndpoint.v3(
                        "GET", PUSH_RULES + "/global/", (_, caller) -> globalPushRules(caller)));
    }

    private Uni<ClientAnswer> addFilter(Call call, Caller caller) {
        checkOwn(call, caller);
        return filters.keep(caller.user(), call.request().json())
                .map(name -> ClientAnswer.ok("filter_id", name));
    }

    private Uni<ClientAnswer> filter(Call call, Caller caller) {
        checkOwn(call, caller);
        return filters.kept(caller.user(), call.parameter(1)).map(ClientAnswer::ok);
    }

    private Uni<ClientAnswer> datum(Call call, Caller caller, int typeIndex) {
        checkOwn(call, caller);
        Optional<RoomId> room = room(call, typeIndex);
        String type = call.parameter(typeIndex);
        return engine.call(() -> accountData.datum(caller.user(), room, type))
                .map(
                        datum ->
                                ClientAnswer.ok(
                                        datum.orElseThrow(
                                                () ->
                                                        MatrixException.notFound(
                                                                "No such account data"))));
    }

    private Uni<ClientAnswer> save(Call call, Caller caller, int typeIndex) {
        checkOwn(call, caller);
        String type = call.parameter(typeIndex);
        if (SERVERS_OWN.contains(type)) {
            throw MatrixException.badJson("Not to be set as account data").withStatus(405);
        }
        var datum = new AccountDatum(room(call, typeIndex), type, call.request().json());
        return engine.call(() -> accountData.save(caller.user(), datum))
                .replaceWith(ClientAnswer.EMPTY);
    }

    private static Optional<RoomId> room(Call call, int typeIndex) {
        return typeIndex == 1 ? Optional.empty() : Optional.of(call.room(1));
    }

    private static void checkOwn(Call call, Caller caller) {
        if (!call.user(0).equals(caller.user())) {
            throw MatrixException.forbidden("That is another user's");
        }
    }

    private static Uni<ClientAnswer> pushRules(Caller caller) {
        return Uni.createFrom().item(ClientAnswer.ok(PushRules.of(caller.user())));
    }

    private static Uni<ClientAnswer> globalPushRules(Caller caller) {
        JsonObject rules = PushRules.of(caller.user());
        return Uni.createFrom().item(ClientAnswer.ok(rules.object("global").orElseThrow()));
    }
}
