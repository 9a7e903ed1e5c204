package org.stratafed.server.engine.pdu.auth;

import static org.stratafed.server.engine.pdu.auth.RoomFixture.ALICE;
import static org.stratafed.server.engine.pdu.auth.RoomFixture.json;

import java.util.List;
import java.util.function.Function;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.spi.JsonSigning;

/// The rules about memberships: rule 5 of room versions 1 to 5 and 12, rule 4 of those between.
final class MembershipRuleRows extends RuleRows {

    private static final CountingSignatures SIGNATURES = new CountingSignatures();
    private static final SigningKey KEY = new SigningKey(new KeyId("ed25519:0"), new byte[32]);

    MembershipRuleRows() {
        rule("5.1", r -> r.member(BOB, "join"), r -> r.member(BOB, "join").content("{}"));
        row("5.2", "5.2.1", FROM_8, r -> vouched(r).signedBy("alpha"), MembershipRuleRows::vouched);
        joins();
        invites();
        leaves();
        bansAndKnocks();
    }

    private void joins() {
        row(
                "5.3.1",
                "5.3.7",
                ALL,
                r -> unopened(r).member(ALICE, "join").prev(r.create().id()),
                r -> unopened(r).member(BOB, "join").prev(r.create().id()));
        rule("5.3.2", r -> r.member(BOB, "join"), r -> r.member(ALICE, BOB, "join"));
        rule(
                "5.3.3",
                r -> r.membership(BOB, "leave").member(BOB, "join"),
                r -> r.membership(BOB, "ban").member(BOB, "join"));
        row(
                "5.3.4",
                "5.3.7",
                ALL,
                r -> r.joinRule(byRequest(r)).membership(BOB, "invite").member(BOB, "join"),
                r -> r.joinRule(byRequest(r)).membership(BOB, "leave").member(BOB, "join"));
        row(
                "5.3.5.1",
                "5.3.5.2",
                FROM_8,
                r -> r.joinRule("restricted").membership(BOB, "invite").member(BOB, "join"),
                r -> r.joinRule("restricted").membership(BOB, "leave").member(BOB, "join"));
        row(
                "5.3.5.2",
                "5.3.5.2",
                FROM_8,
                r -> vouched(r.joinRule(newest(r))).signedBy("alpha"),
                r -> vouched(away(r.joinRule(newest(r)))).signedBy("alpha"));
        row(
                "5.3.5.3",
                "5.3.5.2",
                FROM_8,
                r -> vouched(r.joinRule("restricted")).signedBy("alpha"),
                r -> r.joinRule("restricted").member(BOB, "join"));
        row(
                "5.3.6",
                "5.3.7",
                ALL,
                r -> r.member(BOB, "join"),
                r -> r.joinRule("invite").member(BOB, "join"));
        rule(
                "5.3.7",
                r -> r.joinRule("public").member(BOB, "join"),
                r -> r.joinRule("private").membership(BOB, "invite").member(BOB, "join"));
    }

    private void invites() {
        redeemed("5.4.1.1", r -> redeem(r.membership(CAROL, "ban"), signed()));
        redeemed(
                "5.4.1.2",
                r -> redeem(r, signed()).content("third_party_invite", JsonObject.empty()));
        redeemed("5.4.1.3", r -> redeem(r, json("{'mxid': '@carol:gamma'}")));
        redeemed("5.4.1.4", r -> redeem(r, signed()).stateKey("@dave:delta"));
        redeemed(
                "5.4.1.5",
                r -> redeem(r.without(AuthTypes.THIRD_PARTY_INVITE, "secret"), signed()));
        redeemed("5.4.1.6", r -> redeem(r, signed()).by(ALICE));
        redeemed("5.4.1.7", "5.4.1.8", r -> redeem(r, signed().without("signatures")));
        redeemed("5.4.1.8", r -> redeem(r, signed().with("changed", JsonObject.empty())));
        rule(
                "5.4.2",
                r -> r.joined(BOB).member(BOB, CAROL, "invite"),
                r -> r.membership(BOB, "leave").member(BOB, CAROL, "invite"));
        rule(
                "5.4.3",
                r -> r.membership(BOB, "leave").member(ALICE, BOB, "invite"),
                r -> r.membership(BOB, "ban").member(ALICE, BOB, "invite"));
        for (String number : List.of("5.4.4", "5.4.5")) {
            row(
                    number,
                    "5.4.5",
                    ALL,
                    r -> bobWith(r, 50).level("invite", 50).member(BOB, CAROL, "invite"),
                    r -> bobWith(r, 49).level("invite", 50).member(BOB, CAROL, "invite"));
        }
    }

    private void leaves() {
        rule(
                "5.5.1",
                r -> r.membership(BOB, "invite").member(BOB, "leave"),
                r -> r.membership(BOB, "ban").member(BOB, "leave"));
        rule(
                "5.5.2",
                r -> bobWith(r, 60).joined(CAROL).member(BOB, CAROL, "leave"),
                r -> bobWith(r, 60).membership(BOB, "leave").member(BOB, CAROL, "leave"));
        rule(
                "5.5.3",
                r -> banned(bobWith(r, 60)).level("ban", 60).member(BOB, CAROL, "leave"),
                r -> banned(bobWith(r, 60)).level("ban", 61).member(BOB, CAROL, "leave"));
        for (String number : List.of("5.5.4", "5.5.5")) {
            row(
                    number,
                    "5.5.5",
                    ALL,
                    r -> bobWith(r, 50).joined(CAROL).member(BOB, CAROL, "leave"),
                    r -> bobWith(r, 49).joined(CAROL).member(BOB, CAROL, "leave"));
        }
    }

    private void bansAndKnocks() {
        rule(
                "5.6.1",
                r -> bobWith(r, 60).member(BOB, CAROL, "ban"),
                r -> bobWith(r, 60).membership(BOB, "leave").member(BOB, CAROL, "ban"));
        for (String number : List.of("5.6.2", "5.6.3")) {
            row(
                    number,
                    "5.6.3",
                    ALL,
                    r -> bobWith(r, 50).member(BOB, CAROL, "ban"),
                    r -> bobWith(r, 49).member(BOB, CAROL, "ban"));
        }
        row(
                "5.7.1",
                "5.7.1",
                FROM_7,
                r -> r.joinRule("knock").member(BOB, "knock"),
                r -> r.joinRule("invite").member(BOB, "knock"));
        row(
                "5.7.2",
                "5.7.2",
                FROM_7,
                r -> r.joinRule("knock").member(BOB, BOB, "knock"),
                r -> r.joinRule("knock").member(ALICE, BOB, "knock"));
        for (String number : List.of("5.7.3", "5.7.4")) {
            row(
                    number,
                    "5.7.4",
                    FROM_7,
                    r -> r.joinRule("knock").membership(BOB, "leave").member(BOB, "knock"),
                    r -> r.joinRule("knock").membership(BOB, "invite").member(BOB, "knock"));
        }
        rule("5.8", r -> r.member(BOB, "join"), r -> r.member(BOB, "dance"));
    }

    /// A join rule that wants an invitation: since version 7 there are two.
    private static String byRequest(RoomFixture room) {
        return room.rules().knocking() ? "knock" : "invite";
    }

    private static String newest(RoomFixture room) {
        return room.rules().knockRestricted() ? "knock_restricted" : "restricted";
    }

    /// As it was right after the create event.
    private static RoomFixture unopened(RoomFixture room) {
        return room.without(AuthTypes.MEMBER, ALICE)
                .without(AuthTypes.POWER_LEVELS, "")
                .without(AuthTypes.JOIN_RULES, "");
    }

    private static RoomFixture away(RoomFixture room) {
        return room.membership(ALICE, "leave");
    }

    private static RoomFixture banned(RoomFixture room) {
        return room.membership(CAROL, "ban");
    }

    private static EventFixture vouched(RoomFixture room) {
        return room.member(BOB, "join").content(Joins.AUTHORISED_VIA, ALICE);
    }

    private void redeemed(String number, Function<RoomFixture, EventFixture> failing) {
        redeemed(number, number, failing);
    }

    private void redeemed(String number, String by, Function<RoomFixture, EventFixture> failing) {
        row(
                number,
                by,
                ALL,
                room -> redeem(invited(room), signed()),
                room -> failing.apply(invited(room)));
    }

    /// Bob has invited an address.
    private static RoomFixture invited(RoomFixture room) {
        var key = UnpaddedBase64.encode(SIGNATURES.verifyKey(KEY).bytes());
        room.joined(BOB);
        return room.with(
                room.state(AuthTypes.THIRD_PARTY_INVITE, "secret")
                        .by(BOB)
                        .content("{'public_key': '" + key + "'}")
                        .build());
    }

    private static JsonObject signed() {
        return JsonSigning.sign(
                json("{'mxid': '@carol:gamma', 'token': 'secret'}"),
                new ServerName("identity.example"),
                KEY,
                SIGNATURES);
    }

    private static EventFixture redeem(RoomFixture room, JsonObject signed) {
        var invite = JsonObject.builder().put("signed", signed).build();
        return room.member(BOB, CAROL, "invite").content("third_party_invite", invite);
    }
}
