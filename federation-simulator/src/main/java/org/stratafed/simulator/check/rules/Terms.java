package org.stratafed.simulator.check.rules;

import java.util.List;
import java.util.Optional;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonObject;

/// The terms that the rules are told in, as they are defined, for one event and one state.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#definitions">Definitions</a>
final class Terms {

    private final Edition edition;
    private final Pdu event;
    private final List<CitedEvent> authEvents;
    private final RoomState state;
    private final Proofs proofs;

    Terms(Edition edition, Pdu event, List<CitedEvent> authEvents, RoomState state, Proofs proofs) {
        this.edition = edition;
        this.event = event;
        this.authEvents = authEvents;
        this.state = state;
        this.proofs = proofs;
    }

    Edition edition() {
        return edition;
    }

    Pdu event() {
        return event;
    }

    JsonObject content() {
        return event.content();
    }

    List<CitedEvent> authEvents() {
        return authEvents;
    }

    RoomState state() {
        return state;
    }

    Proofs proofs() {
        return proofs;
    }

    boolean isType(String type) {
        return event.type().equals(type);
    }

    boolean hasMembership(String membership) {
        return content().string("membership").equals(Optional.of(membership));
    }

    String sender() {
        return event.sender().value();
    }

    /// The event's state key. Of a membership event it is the *target user*.
    String stateKey() {
        return event.stateKey().orElseThrow();
    }

    Optional<Pdu> create() {
        return state.event("m.room.create", "");
    }

    Pdu createOrThrow() {
        return create().orElseThrow();
    }

    boolean isCreator(String user) {
        return create().isPresent() && edition.creators().of(create().get()).contains(user);
    }

    /// A user's current membership state; `leave` of whoever never had one.
    String membershipOf(String user) {
        return state.event("m.room.member", user)
                .flatMap(it -> it.content().string("membership"))
                .orElse("leave");
    }

    /// The text is silent on rooms without join rules, and on rules that don't say which they are.
    /// Deployed servers take `invite`.
    String joinRule() {
        var rules = state.event("m.room.join_rules", "").map(Pdu::content);
        if (rules.isEmpty() || !rules.get().has("join_rule")) {
            return "invite";
        }
        return rules.get().string("join_rule").orElse("");
    }

    Level powerOf(String user) {
        if (edition.creatorsAreInfinite() && isCreator(user)) {
            return Level.INFINITE;
        }
        var levels = powerLevels();
        if (levels.isEmpty()) {
            return Level.of(isCreator(user) ? 100 : 0);
        }
        return levels.get()
                .object("users")
                .flatMap(users -> users.get(user))
                .flatMap(edition.levels()::read)
                .or(() -> level("users_default"))
                .orElse(Level.of(0));
    }

    Level senderPower() {
        return powerOf(sender());
    }

    Level inviteLevel() {
        return level("invite").orElse(Level.of(0));
    }

    Level kickLevel() {
        return level("kick").orElse(Level.of(50));
    }

    Level banLevel() {
        return level("ban").orElse(Level.of(50));
    }

    Level redactLevel() {
        return level("redact").orElse(Level.of(50));
    }

    /// The event is listed in `events`, or it is a state event, or it is not.
    Level requiredPowerLevel() {
        var listed =
                powerLevels()
                        .flatMap(levels -> levels.object("events"))
                        .flatMap(events -> events.get(event.type()))
                        .flatMap(edition.levels()::read);
        if (listed.isPresent()) {
            return listed.get();
        }
        return event.isState()
                ? level("state_default").orElse(Level.of(50))
                : level("events_default").orElse(Level.of(0));
    }

    private Optional<Level> level(String name) {
        return powerLevels().flatMap(levels -> levels.get(name)).flatMap(edition.levels()::read);
    }

    private Optional<JsonObject> powerLevels() {
        return state.event("m.room.power_levels", "").map(Pdu::content);
    }

    static String domain(String user) {
        return new UserId(user).server().value();
    }
}
