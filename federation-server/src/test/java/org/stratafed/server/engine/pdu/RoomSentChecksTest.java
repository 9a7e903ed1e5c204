package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixException;
import org.stratafed.api.model.event.RawPdu;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.exchange.SendJoinAnswer;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;

/// What a server that joins checks of the room that it is sent.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
class RoomSentChecksTest extends HandshakeStage {

    @Test
    void aRoomWithoutItsCreateEventIsRefused() {
        create("12", "public");
        roomIsRefused("no create event", answer -> withState(answer, it -> !isCreate(it)));
    }

    @Test
    void aRoomWhoseCreateEventIsForgedIsRefused() {
        create("12", "public");
        roomIsRefused(
                "no create event",
                answer -> mapped(answer, it -> isCreate(it) ? doctored(it) : it));
    }

    @Test
    void aRoomOfAnotherVersionThanWasSaidIsRefused() {
        create("11", "public");
        alpha.template =
                it -> new MembershipTemplate(it.event(), Optional.of(new RoomVersion("10")));
        assertThatThrownBy(() -> beta.get(this::joining)).isInstanceOf(MatrixException.class);
        assertThat(beta.get(() -> beta.pdu.state(room))).isEmpty();
    }

    @Test
    void aStateThatTellsTwoEventsForTheSameIsRefused() {
        create("12", "public");
        var other = topic("one");
        topic("another");
        var event = alpha.get(() -> alpha.stores().rooms().events(room, List.of(other))).get(other);
        roomIsRefused(
                "two events",
                answer -> {
                    var state = new ArrayList<>(answer.state());
                    state.add(new RawPdu(event.pdu().json()));
                    return with(answer, state, answer.authChain());
                });
    }

    @Test
    void aRoomWithMembersLeftOutIsRefused() {
        create("12", "public");
        roomIsRefused(
                "left members out",
                answer ->
                        new SendJoinAnswer(
                                answer.state(),
                                answer.authChain(),
                                Optional.empty(),
                                true,
                                List.of(alpha.name)));
    }

    @Test
    void aStateInWhichWeMayNotJoinIsRefused() {
        create("12", "public");
        roomIsRefused(
                "rule",
                answer -> {
                    var chain = new ArrayList<>(answer.authChain());
                    chain.addAll(answer.state());
                    return with(
                            answer,
                            answer.state().stream()
                                    .filter(it -> !isOf(it, "m.room.join_rules"))
                                    .toList(),
                            chain);
                });
    }

    @Test
    void whatOfARoomIsForgedIsLeftOut() {
        create("12", "public");
        topic("honest");
        alpha.roomSent =
                answer -> mapped(answer, it -> isOf(it, "m.room.topic") ? doctored(it) : it);
        beta.get(this::joining);
        assertThat(beta.get(() -> beta.pdu.state(room)).orElseThrow().event("m.room.topic", ""))
                .isEmpty();
    }

    /// Else what alpha's users said would be left out of the room, for good.
    @Test
    void whoseKeyIsNotToBeHadAtOnceIsAskedAgain() {
        create("12", "public");
        topic("honest");
        beta.unreachable.add(alpha.name);
        beta.waiting =
                () -> {
                    beta.unreachable.clear();
                    loop.execute(beta::completeTimers);
                };
        beta.get(this::joining);
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(state.event("m.room.topic", "")).isPresent();
    }

    /// The hash doesn't fit, the signature does: that is a redacted event, which still counts.
    @Test
    void anEventWhoseContentWasChangedIsTakenRedacted() {
        create("12", "public");
        topic("honest");
        alpha.roomSent =
                answer ->
                        mapped(
                                answer,
                                it ->
                                        isOf(it, "m.room.topic")
                                                ? new RawPdu(
                                                        it.json()
                                                                .with(
                                                                        "content",
                                                                        content("changed")))
                                                : it);
        beta.get(this::joining);
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(state.event("m.room.topic", "").orElseThrow().content().isEmpty()).isTrue();
    }

    @Test
    void eventsOfAnotherRoomAreLeftOut() {
        create("12", "public");
        topic("elsewhere");
        var elsewhere = alpha.get(() -> alpha.pdu.state(room)).orElseThrow();
        var foreign = elsewhere.event("m.room.topic", "").orElseThrow();
        create("12", "public");
        alpha.roomSent =
                answer -> {
                    var state = new ArrayList<>(answer.state());
                    state.add(new RawPdu(foreign.json()));
                    return with(answer, state, answer.authChain());
                };
        beta.get(this::joining);
        assertThat(beta.get(() -> beta.pdu.state(room)).orElseThrow().event("m.room.topic", ""))
                .isEmpty();
    }

    @Test
    void anEventWithoutTheAuthEventsThatAllowItIsLeftOut() {
        create("12", "public");
        topic("unproved");
        alpha.roomSent =
                answer ->
                        withState(
                                with(answer, answer.state(), List.of()),
                                it -> !isOf(it, "m.room.member"));
        assertThatThrownBy(() -> beta.get(this::joining)).isInstanceOf(MatrixException.class);
        assertThat(beta.get(() -> beta.pdu.state(room))).isEmpty();
    }

    @Test
    void ourJoinIsNoPartOfTheStateBeforeItWhateverIsSent() {
        create("12", "public");
        var sent = new ArrayList<RawPdu>();
        alpha.roomSent =
                answer -> {
                    var now = alpha.joins.getLast().pdu();
                    sent.add(now);
                    var state = new ArrayList<>(answer.state());
                    state.add(now);
                    return with(answer, state, answer.authChain());
                };
        beta.get(this::joining);
        assertThat(sent).hasSize(1);
        var id = id(sent.getFirst());
        var before = beta.get(() -> beta.pdu.stateAt(room, id, false)).orElseThrow();
        assertThat(before.event("m.room.member", BOB.value())).isEmpty();
    }

    @Test
    void whatIsSaidToBeOurJoinChangesNothingAboutIt() {
        create("12", "public");
        alpha.roomSent =
                answer -> {
                    var join = alpha.joins.getLast().pdu();
                    var changed =
                            join.json()
                                    .with(
                                            "content",
                                            content("join")
                                                    .with("displayname", new JsonString("x")))
                                    .without("signatures");
                    return new SendJoinAnswer(
                            answer.state(),
                            answer.authChain(),
                            Optional.of(new RawPdu(changed)),
                            false,
                            List.of());
                };
        beta.get(this::joining);
        var state = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        var mine = state.event("m.room.member", BOB.value()).orElseThrow();
        assertThat(mine.content()).isEqualTo(content("join"));
        assertThat(mine.json().object("signatures").orElseThrow().has("beta")).isTrue();
    }
}
