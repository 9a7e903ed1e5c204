package org.stratafed.simulator.hostile;

import java.util.function.Consumer;
import org.stratafed.simulator.loop.SimRandom;
import org.stratafed.simulator.scenario.Stage;
import org.stratafed.simulator.scenario.When;
import org.stratafed.simulator.scenario.Words;

/// What a hostile peer does in a room that it has joined as anybody may. Each is told by what it
/// does.
public enum HostileBehaviour implements When {
    FORGED_ORIGIN("makes requests in another server's name", Impersonation::origin),
    FORGED_TRANSACTION(
            "sends transactions that say they are another server's", Impersonation::transaction),
    FORGED_SENDER("sends events of another server's users", Impersonation::sender),
    FORGED_JOIN("hands in memberships of another server's users", Impersonation::join),
    EXPIRED_KEY("signs with a key that was out of use by then", Impersonation::expiredKey),
    UNKNOWN_KEY("signs with a key that it never told of", Impersonation::unknownKey),
    FALSE_VOUCHER("vouches for a false key of another server", Impersonation::voucher),
    REPLAYED_TRANSACTION("sends the same events in other transactions", Replays::transaction),
    REPLAYED_EVENTS("sends others' events as its own transactions", Replays::events),
    REUSED_TRANSACTION_ID("sends other events with an old transaction id", Replays::reusedId),
    EQUIVOCATION("tells each server another history", Equivocation::histories),
    WRONG_HASH("sends contents that are not those it has hashed", Equivocation::wrongHash),
    DEPTH_ZERO("sends events that claim the depth of none", GraphLies::depthZero),
    DEPTH_MAX("sends an event of the greatest depth there can be", GraphLies::depthMax),
    DEPTH_BEYOND("sends events of depths that there can't be", GraphLies::depthBeyond),
    NOWHERE("sends events after twenty others that nobody has", GraphLies::nowhere),
    FAN_IN("makes very many branches, and events that meet all of them", GraphLies::fanIn),
    FOREIGN_CITATIONS("sends events that cite those of another room", GraphLies::foreign),
    AUTH_CYCLE("has events that claim to allow each other", AuthLies::cycle),
    LONG_AUTH_CHAIN("sends an event that is allowed by a very long chain", AuthLies::longChain),
    WRONG_AUTH_EVENTS("cites what doesn't allow the event", AuthLies::wrongEvents),
    BAN_EVASION("goes on from before its ban", Takeover::banEvasion),
    POWER_ESCALATION("goes on from when it had power", Takeover::powerEscalation),
    STATE_RESET("brings up old state, and state of its own", Takeover::stateReset),
    UNRELATED_EVENTS("answers with events that nobody asked for", FalseAnswers::unrelated),
    FOREIGN_STATE("answers with the state of another room", FalseAnswers::foreignState),
    DOCTORED_STATE("answers with a state that lacks what forbids", FalseAnswers::doctoredState),
    DOCTORED_JOIN("lets others in, with more than the room has", FalseJoins::doctored),
    GARBLED_ANSWERS("answers with what is no answer", BadBodies::garbled),
    ENDLESS_ANSWERS("answers without end", BadBodies::endless),
    SLOW_ANSWERS("answers as slowly as can be", BadBodies::slow),
    OVERSIZED("sends more than there may be", BadBodies::oversized),
    DEEP_JSON("sends JSON that is nested very deep", BadBodies::deep),
    DUPLICATE_KEYS("sends JSON that says a thing twice", BadBodies::duplicateKeys),
    NOT_UTF_8("sends what is no text", BadBodies::notUtf8),
    STRANGE_EDUS("sends ephemeral units for other servers' users", Replays::edus);

    private final String text;
    private final Consumer<Attack> act;

    HostileBehaviour(String text, Consumer<Attack> act) {
        this.text = text;
        this.act = act;
    }

    /// How it is called and counted.
    public String title() {
        return "hostile/" + Words.of(this);
    }

    /// Lets it happen now, as far as the world allows. Answers whether it may.
    public boolean strike(Stage stage, SimRandom random) {
        return Entry.begin(
                stage,
                random,
                attack -> {
                    stage.simulation().note(title() + " by " + attack.user());
                    stage.simulation().coverage().count(title());
                    act.accept(attack);
                });
    }

    @Override
    public void begin(Stage stage) {
        var random = stage.simulation().random().split(title());
        if (!strike(stage, random)) {
            throw new IllegalStateException("nobody is in the room");
        }
    }

    @Override
    public String toString() {
        return "a hostile server " + text;
    }
}
