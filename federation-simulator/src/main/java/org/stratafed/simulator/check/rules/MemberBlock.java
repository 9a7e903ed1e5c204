package org.stratafed.simulator.check.rules;

import java.util.Optional;
import org.stratafed.api.model.id.UserId;
import org.stratafed.api.model.json.JsonString;

/// "If type is `m.room.member`" from version 8 on: rule 4, and 5 in version 12.
final class MemberBlock implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        if (!terms.isType("m.room.member")) {
            return Optional.empty();
        }
        // 1. If there is no `state_key` property, or no `membership` property in `content`, reject.
        if (terms.event().stateKey().isEmpty() || !terms.content().has("membership")) {
            return Ruling.reject("1");
        }
        // 2. If `content` has a `join_authorised_via_users_server` key: 1. If the event is not
        // validly signed by the homeserver of the user ID denoted by the key, reject.
        if (terms.content().has("join_authorised_via_users_server") && !isVouchedFor(terms)) {
            return Ruling.reject("2.1");
        }
        // Not in the text: where `m.federate` is `false`, deployed servers reject other servers'
        // users as targets too, but for the creator who makes the room's second event.
        if (isForeignerInLocalRoom(terms) && !MemberJoins.isCreatorAtTheStart(terms)) {
            return Ruling.reject(Ruling.UNNUMBERED);
        }
        return switch (terms.content().string("membership").orElse("")) {
            // 3. If `membership` is `join`:
            case "join" -> MemberJoins.apply(terms, 3);
            // 4. If `membership` is `invite`:
            case "invite" -> MemberIsInvited.apply(terms, 4);
            // 5. If `membership` is `leave`:
            case "leave" -> MemberLeaves.apply(terms, 5);
            // 6. If `membership` is `ban`:
            case "ban" -> MemberIsBanned.apply(terms, 6);
            // 7. If `membership` is `knock`:
            case "knock" -> MemberKnocks.apply(terms, 7);
            // 8. Otherwise, the membership is unknown. Reject.
            default -> Ruling.reject("8");
        };
    }

    private static boolean isVouchedFor(Terms terms) {
        var key = terms.content().get("join_authorised_via_users_server").orElseThrow();
        if (!(key instanceof JsonString(var text))) {
            return false;
        }
        var user = UserId.parse(text);
        return user.isPresent() && terms.proofs().isSignedBy(terms.event(), user.get().server());
    }

    static boolean isForeignerInLocalRoom(Terms terms) {
        var create = terms.createOrThrow();
        return FederateBlock.isLocal(create)
                && UserId.parse(terms.stateKey())
                        .filter(user -> user.server().equals(create.sender().server()))
                        .isEmpty();
    }
}
