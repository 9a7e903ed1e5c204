package org.stratafed.simulator.check.rules;

import java.util.Optional;

/// "If type is `m.room.member`" up to version 7: rule 5, and 4 in versions 6 and 7.
final class MemberUntil7 implements RuleBlock {

    @Override
    public Optional<Ruling> apply(Terms terms) {
        if (!terms.isType("m.room.member")) {
            return Optional.empty();
        }
        // 1. If there is no `state_key` property, or no `membership` property in `content`, reject.
        if (terms.event().stateKey().isEmpty() || !terms.content().has("membership")) {
            return Ruling.reject("1");
        }
        // Not in the text: where `m.federate` is `false`, deployed servers reject other servers'
        // users as targets too, but for the creator who makes the room's second event.
        if (MemberBlock.isForeignerInLocalRoom(terms) && !MemberJoins.isCreatorAtTheStart(terms)) {
            return Ruling.reject(Ruling.UNNUMBERED);
        }
        return switch (terms.content().string("membership").orElse("")) {
            // 2. If `membership` is `join`:
            case "join" -> MemberJoinsUntil7.apply(terms, 2);
            // 3. If `membership` is `invite`:
            case "invite" -> MemberIsInvited.apply(terms, 3);
            // 4. If `membership` is `leave`:
            case "leave" -> MemberLeaves.apply(terms, 4);
            // 5. If `membership` is `ban`:
            case "ban" -> MemberIsBanned.apply(terms, 5);
            // 6. If `membership` is `knock` (in version 7):
            case "knock" ->
                    terms.edition().hasKnocking()
                            ? MemberKnocks.apply(terms, 6)
                            : Ruling.reject("6");
            // 7, and 6 up to version 6. Otherwise, the membership is unknown. Reject.
            default -> Ruling.reject(terms.edition().hasKnocking() ? "7" : "6");
        };
    }
}
