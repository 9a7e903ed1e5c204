package org.stratafed.server.engine.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.stratafed.api.model.error.MatrixErrorCode;
import org.stratafed.api.model.exchange.MembershipTemplate;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.room.RoomVersion;

/// What a server that joins or leaves checks of the template that a resident server proposes.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#joining-rooms">Joining rooms</a>
class TemplateChecksTest extends HandshakeStage {

    @Test
    void aTemplateHasToBeForTheRoomThatWasAskedFor() {
        create("12", "public");
        templateIsRefused("another room", it -> it.with("room_id", new JsonString("!other:alpha")));
    }

    @Test
    void aTemplateHasToBeForTheUserThatWasAskedFor() {
        create("12", "public");
        templateIsRefused("another user", it -> it.with("sender", new JsonString(BETTY.value())));
        templateIsRefused(
                "another user", it -> it.with("state_key", new JsonString(BETTY.value())));
    }

    @Test
    void aTemplateHasToBeAMembershipEventOfTheKindThatWasAskedFor() {
        create("12", "public");
        templateIsRefused(
                "no membership event", it -> it.with("type", new JsonString("m.room.topic")));
        templateIsRefused("no join", it -> it.with("content", content("ban")));
        templateIsRefused("no join", it -> it.without("content"));
    }

    @Test
    void aTemplateHasToBeOfAVersionThatWeKnow() {
        create("12", "public");
        alpha.template =
                it -> new MembershipTemplate(it.event(), Optional.of(new RoomVersion("99")));
        refused(MatrixErrorCode.UNSUPPORTED_ROOM_VERSION, "version is 99", this::joining);
    }

    @Test
    void whatElseATemplateSaysOfTheContentIsNotSigned() {
        create("12", "public");
        alpha.template =
                it ->
                        new MembershipTemplate(
                                it.event()
                                        .with(
                                                "content",
                                                content("join").with("x", new JsonString("y"))),
                                it.roomVersion());
        beta.get(this::joining);
        var member = beta.get(() -> beta.pdu.state(room)).orElseThrow();
        assertThat(member.event("m.room.member", BOB.value()).orElseThrow().content())
                .isEqualTo(content("join"));
    }

    /// A user can always be rid of an invite: what can't be done elsewhere is done here alone.
    @Test
    void aTemplateOfALeaveIsCheckedLikewise() {
        create("12", "invite");
        beta.get(() -> beta.stores().directory().addUser(BOB));
        invite(BOB);
        var tampering =
                List.<UnaryOperator<JsonObject>>of(
                        it -> it.with("room_id", new JsonString("!other:alpha")),
                        it -> it.with("sender", new JsonString(BETTY.value())),
                        it -> it.with("state_key", new JsonString(BETTY.value())),
                        it -> it.with("type", new JsonString("m.room.topic")),
                        it -> it.with("content", content("join")));
        for (var tamper : tampering) {
            alpha.template =
                    it -> new MembershipTemplate(tamper.apply(it.event()), it.roomVersion());
            beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
            assertThat(membership(BOB).membership()).isEqualTo("leave");
            assertThat(alpha.get(() -> alpha.pdu.state(room)).orElseThrow())
                    .satisfies(
                            state ->
                                    assertThat(
                                                    state.event("m.room.member", BOB.value())
                                                            .orElseThrow()
                                                            .content()
                                                            .string("membership"))
                                            .hasValue("invite"));
            alpha.template = UnaryOperator.identity();
            invite(BOB);
        }
        beta.get(() -> beta.pdu.leave(room, BOB, JsonObject.empty()));
        assertThat(alpha.get(() -> alpha.pdu.state(room)).orElseThrow())
                .satisfies(
                        state ->
                                assertThat(
                                                state.event("m.room.member", BOB.value())
                                                        .orElseThrow()
                                                        .content()
                                                        .string("membership"))
                                        .hasValue("leave"));
    }
}
