package org.stratafed.simulator.check.rules;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.StateKeyTuple;

/// What an event has to have in its `auth_events`, as far as the room's state has it.
///
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection">Auth
///     events selection</a>
final class AuthEventsSelection {

    private AuthEventsSelection() {}

    static SequencedSet<StateKeyTuple> of(Edition edition, Pdu event) {
        var selected = new LinkedHashSet<StateKeyTuple>();
        // The `auth_events` for the `m.room.create` event in a room is empty.
        if (event.type().equals("m.room.create")) {
            return selected;
        }
        // Depending on the room version, the `m.room.create` event.
        if (edition.createIsCited()) {
            selected.add(new StateKeyTuple("m.room.create", ""));
        }
        // The current `m.room.power_levels` event, if any.
        selected.add(new StateKeyTuple("m.room.power_levels", ""));
        // The sender's current `m.room.member` event, if any.
        selected.add(new StateKeyTuple("m.room.member", event.sender().value()));
        // If type is `m.room.member`:
        if (event.type().equals("m.room.member")) {
            selected.addAll(ofMembership(edition, event));
        }
        return selected;
    }

    private static SequencedSet<StateKeyTuple> ofMembership(Edition edition, Pdu event) {
        var selected = new LinkedHashSet<StateKeyTuple>();
        var content = event.content();
        var membership = content.string("membership").orElse("");
        // The target's current `m.room.member` event, if any.
        event.stateKey().ifPresent(it -> selected.add(new StateKeyTuple("m.room.member", it)));
        // If `membership` is `join`, `invite` or `knock`, the current `m.room.join_rules` event.
        if (membership.equals("join")
                || membership.equals("invite")
                || membership.equals("knock")) {
            selected.add(new StateKeyTuple("m.room.join_rules", ""));
        }
        // If membership is `invite` and `content` contains a `third_party_invite` property, the
        // current `m.room.third_party_invite` event with `state_key` matching
        // `content.third_party_invite.signed.token`, if any.
        if (membership.equals("invite")) {
            content.object("third_party_invite")
                    .flatMap(it -> it.object("signed"))
                    .flatMap(it -> it.string("token"))
                    .ifPresent(it -> selected.add(key("m.room.third_party_invite", it)));
        }
        // If `membership` is `join`, `content.join_authorised_via_users_server` is present, and the
        // room version supports restricted rooms, then the `m.room.member` event with `state_key`
        // matching it.
        if (membership.equals("join") && edition.hasRestrictedRooms()) {
            content.string("join_authorised_via_users_server")
                    .ifPresent(it -> selected.add(key("m.room.member", it)));
        }
        return selected;
    }

    private static StateKeyTuple key(String type, String stateKey) {
        return new StateKeyTuple(type, stateKey);
    }
}
