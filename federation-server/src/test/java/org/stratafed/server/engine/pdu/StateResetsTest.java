package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratafed.server.engine.pdu.Street.eventually;
import static org.stratafed.server.engine.pdu.Street.user;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratafed.api.model.event.EventDraft;
import org.stratafed.api.model.event.EventStatus;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.StateIds;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.room.StateReset;

/// State that goes back though nobody did that is recorded, and state that somebody changed is not.
class StateResetsTest {

    private static final StateKeyTuple RULES = new StateKeyTuple("m.room.join_rules", "");
    private static final StateKeyTuple TOPIC = new StateKeyTuple("m.room.topic", "");

    @TempDir private Path directory;

    private Street street;
    private Neighbour alpha;
    private Neighbour beta;
    private Neighbour gamma;
    private EventId older;
    private EventId newer;
    private EventId after;

    private void open(String version) {
        street = new Street(directory, version);
        alpha = street.moveIn("alpha");
        beta = street.moveIn("beta");
        gamma = street.moveIn("gamma");
        street.create(alpha);
        for (var other : List.of(beta, gamma)) {
            street.join(other, alpha);
            other.push(alpha);
            deliver();
        }
    }

    private void deliver() {
        for (var from : List.of(alpha, beta, gamma)) {
            for (var to : List.of(alpha, beta, gamma)) {
                if (from != to) {
                    from.push(to);
                }
            }
        }
    }

    private Optional<EventId> now(Neighbour at, StateKeyTuple key) {
        return at.get(() -> at.pdu.state(street.room))
                .orElseThrow()
                .event(key.type(), key.stateKey())
                .map(event -> event.id());
    }

    private EventId joinRule(String rule) {
        var content = JsonObject.builder().put("join_rule", rule).build();
        return street.submit(
                alpha,
                EventDraft.state(
                        street.room, user(alpha), RULES.type(), RULES.stateKey(), content));
    }

    private List<StateReset> resets(Neighbour at) {
        return at.get(() -> at.pdu.health().resets(street.room));
    }

    /// Alice changes the join rules and leaves. Then gamma sends an event after one that it keeps
    /// for itself, and tells of the state there that the old rules held.
    private void outdatedRulesAreTold() {
        newer = joinRule("invite");
        alpha.get(() -> alpha.pdu.leave(street.room, user(alpha), JsonObject.empty()));
        deliver();
        assertThat(now(beta, RULES)).contains(newer);
        gamma.missingEventsMax = 0;
        gamma.stateTold = ids -> replaced(ids, newer, older);
        street.say(gamma, "kept back");
        street.lose(gamma, beta);
        after = street.say(gamma, "after that");
        gamma.push(beta);
        eventually(() -> beta.passTime() >= 0 && street.isPlaced(beta, after));
        assertThat(street.status(beta, after)).isEqualTo(EventStatus.ACCEPTED);
    }

    private static StateIds replaced(StateIds ids, EventId newer, EventId older) {
        return new StateIds(
                ids.state().stream().map(id -> id.equals(newer) ? older : id).toList(),
                ids.authChain());
    }

    @Test
    void inVersion11OutdatedRulesTakeTheRulesAwayAndThatIsRecorded() {
        open("11");
        older = now(beta, RULES).orElseThrow();
        outdatedRulesAreTold();
        assertThat(now(beta, RULES)).isEmpty();
        assertThat(resets(beta)).singleElement().satisfies(this::isOfTheRules);
        assertThat(beta.resets()).isEqualTo(resets(beta));
        assertThat(beta.get(() -> beta.pdu.health().resets())).isEqualTo(resets(beta));
        street.close();
    }

    private void isOfTheRules(StateReset reset) {
        assertThat(reset.key()).isEqualTo(RULES);
        assertThat(reset.former()).isEqualTo(newer);
        assertThat(reset.chosen()).isEmpty();
        assertThat(reset.sides().values())
                .containsExactlyInAnyOrder(Optional.of(newer), Optional.of(older));
        assertThat(reset.placed()).containsExactly(after);
        assertThat(reset.step()).isEqualTo(StateReset.Step.POWER_EVENTS_REFUSED);
        assertThat(reset.comparison()).contains(newer.value(), "was refused", "rule ");
    }

    @Test
    void inVersion12TheyDoNot() {
        open("12");
        older = now(beta, RULES).orElseThrow();
        outdatedRulesAreTold();
        assertThat(now(beta, RULES)).contains(newer);
        assertThat(resets(beta)).isEmpty();
        street.close();
    }

    /// Two sides of a fork, each with a topic of its own.
    @Test
    void whatASideThatIsMergedBringsIsNoReset() {
        open("12");
        var fork = street.tips(alpha).getFirst();
        street.topic(alpha, "one");
        var later = topicMadeOn(fork);
        assertThat(street.give(alpha, beta, later)).isNotNull();
        deliver();
        street.say(alpha, "merged");
        deliver();
        assertThat(resets(beta)).isEmpty();
        assertThat(now(beta, TOPIC)).isPresent();
        street.close();
    }

    private RawPdu topicMadeOn(EventId event) {
        return street.made(
                alpha,
                TOPIC.type(),
                Optional.of(""),
                JsonObject.builder().put("topic", "other").build(),
                event);
    }

    @Test
    void whatFallsWithItsSendersPowerIsNoReset() {
        open("12");
        power(50);
        var older = street.topic(alpha, "alice's");
        deliver();
        var newer = street.topic(gamma, "gamma's");
        gamma.push(beta);
        assertThat(now(beta, TOPIC)).contains(newer);
        street.lose(gamma, alpha);
        power(0);
        alpha.push(beta);
        assertThat(now(beta, TOPIC)).contains(older);
        assertThat(resets(beta)).isEmpty();
        street.close();
    }

    private void power(int ofGamma) {
        var users = JsonObject.builder().put(user(gamma).value(), ofGamma).build();
        var content = JsonObject.builder().put("users", users).build();
        street.submit(
                alpha,
                EventDraft.state(street.room, user(alpha), "m.room.power_levels", "", content));
    }
}
