package org.stratafed.simulator.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratafed.api.layer.transport.endpoint.MakeJoin;
import org.stratafed.api.layer.transport.endpoint.SendJoin;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonReader;
import org.stratafed.api.model.room.RoomVersionRules;
import org.stratafed.api.spi.WireResponse;
import org.stratafed.server.engine.pdu.auth.AuthEventSelection;
import org.stratafed.simulator.host.SimServer;

/// To let others into the room, with a state that somebody has worked on.
final class FalseJoins {

    private static final String MEMBER = "m.room.member";

    private FalseJoins() {}

    /// An honest server that is not in the room joins through the peer, and where that leads
    /// nowhere, through an honest one.
    static void doctored(Attack attack) {
        var answers = attack.peer().answers();
        var state = new ArrayList<JsonObject>();
        attack.view().state().values().forEach(event -> state.add(event.json()));
        worsen(attack, state);
        int kind = attack.random().nextInt(4);
        if (kind == 1) {
            state.removeIf(event -> event.string("type").equals(Optional.of("m.room.create")));
        }
        answers.give(
                MakeJoin.ENDPOINT.path(),
                asked ->
                        kind == 3
                                ? otherTemplate(attack, asked)
                                : template(attack, asked, kind == 2));
        var answer =
                SendJoin.ENDPOINT
                        .answer()
                        .encode(
                                new SendJoinAnswer(
                                        state.stream().map(RawPdu::new).toList(),
                                        attack.view().events().stream().map(RawPdu::new).toList(),
                                        Optional.empty(),
                                        false,
                                        List.of()));
        answers.give(
                SendJoin.ENDPOINT.path(),
                asked -> {
                    mustBeMembership(attack, asked);
                    return Answers.json(answer);
                });
        outsider(attack).ifPresent(server -> join(attack, server));
    }

    /// Adds what is forged, foreign, not allowed, or not what was hashed. The last one of a kind
    /// would count.
    private static void worsen(Attack attack, List<JsonObject> state) {
        var why = "it was made up for a join";
        var creator = attack.view().creator();
        var topic = JsonObject.builder().put("topic", "worked on").build();
        var byCreator = attack.draft(creator, "m.room.topic").stateKey("").content(topic);
        state.add(attack.bad(byCreator, why).json());
        state.add(attack.bad(attack.draft("m.room.topic").stateKey("").content(topic), why).json());
        ForeignRoom.of(attack).events().forEach(event -> state.add(event.json()));
        var levels = attack.view().content("m.room.power_levels");
        var users = JsonObject.empty().with(attack.user().value(), JsonNumber.of(100));
        state.add(
                attack.bad(
                                attack.draft("m.room.power_levels")
                                        .stateKey("")
                                        .content(levels.with("users", users)),
                                why)
                        .json());
    }

    private static Optional<SimServer> outsider(Attack attack) {
        return attack.stage().simulation().servers().stream()
                .filter(SimServer::isUp)
                .filter(
                        server ->
                                server.disk()
                                        .room(attack.room())
                                        .filter(room -> !room.members(server.name()).isEmpty())
                                        .isEmpty())
                .findFirst();
    }

    private static void join(Attack attack, SimServer server) {
        var user = new UserId("@u:" + server.name());
        var via = new ArrayList<ServerName>();
        via.add(attack.peer().name());
        attack.victims().forEach(it -> via.add(it.name()));
        attack.stage()
                .register(
                        user,
                        () ->
                                attack.stage()
                                        .perform(
                                                user + " joins through " + attack.peer().name(),
                                                server,
                                                server.messaging()
                                                        .memberships()
                                                        .join(
                                                                attack.room(),
                                                                user,
                                                                via,
                                                                Optional.empty()),
                                                _ -> {},
                                                _ -> {}));
    }

    /// Proposes that the user sets the topic: whoever signs that has been used.
    private static WireResponse otherTemplate(Attack attack, Answers.Asked asked) {
        var user = new UserId(asked.parameters().getLast());
        var topic = JsonObject.builder().put("topic", "put into his mouth").build();
        var event = attack.draft(user, "m.room.topic").stateKey("").content(topic).json();
        var version = attack.view().rules().version();
        return Answers.json(
                MakeJoin.ENDPOINT
                        .answer()
                        .encode(new MembershipTemplate(event, Optional.of(version))));
    }

    private static void mustBeMembership(Attack attack, Answers.Asked asked) {
        var type = JsonReader.readObject(asked.request().body()).string("type");
        if (!type.equals(Optional.of(MEMBER))) {
            attack.stage()
                    .simulation()
                    .violations()
                    .add("somebody signs whatever is proposed to him: " + type.orElse(""));
        }
    }

    private static WireResponse template(
            Attack attack, Answers.Asked asked, boolean isOfAnotherVersion) {
        var user = new UserId(asked.parameters().getLast());
        var view = attack.view();
        var content = JsonObject.builder().put("membership", "join").build();
        var ids =
                AuthEventSelection.select(
                                view.rules(), MEMBER, Optional.of(user.value()), user, content)
                        .stream()
                        .flatMap(key -> view.state(key).stream())
                        .map(Pdu::id)
                        .toList();
        var event =
                JsonObject.builder()
                        .put("type", MEMBER)
                        .put("state_key", user.value())
                        .put("sender", user.value())
                        .put("room_id", attack.room().value())
                        .put("content", content)
                        .put("depth", view.join().depth() + 1)
                        .put("origin_server_ts", 0)
                        .put("prev_events", view.cite(List.of(view.join().id())))
                        .put("auth_events", view.cite(ids))
                        .build();
        var version = view.rules().version();
        var other =
                RoomVersionRules.supported().stream().filter(it -> !it.equals(version)).findFirst();
        return Answers.json(
                MakeJoin.ENDPOINT
                        .answer()
                        .encode(
                                new MembershipTemplate(
                                        event, isOfAnotherVersion ? other : Optional.of(version))));
    }
}
