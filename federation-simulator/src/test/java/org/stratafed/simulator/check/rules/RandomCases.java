package org.stratafed.simulator.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.stratafed.api.model.crypto.SigningKey;
import org.stratafed.api.model.crypto.UnpaddedBase64;
import org.stratafed.api.model.event.Pdu;
import org.stratafed.api.model.id.EventId;
import org.stratafed.api.model.id.KeyId;
import org.stratafed.api.model.id.RoomId;
import org.stratafed.api.model.id.ServerName;
import org.stratafed.api.model.id.StateKeyTuple;
import org.stratafed.api.model.json.JsonArray;
import org.stratafed.api.model.json.JsonBoolean;
import org.stratafed.api.model.json.JsonNull;
import org.stratafed.api.model.json.JsonNumber;
import org.stratafed.api.model.json.JsonObject;
import org.stratafed.api.model.json.JsonString;
import org.stratafed.api.model.json.JsonValue;
import org.stratafed.api.model.room.RoomVersion;
import org.stratafed.api.spi.JsonSigning;
import org.stratafed.api.spi.Signatures;

/// Single events, each with a state that it may or may not be allowed in: few users, so that they
/// have to do with each other, and every kind of thing that could be wrong with either.
final class RandomCases {

    private static final List<String> USERS =
            List.of("@ann:a", "@bob:b", "@cat:c", "@ada:a", "@:b", "@dan:d:8448");

    private static final List<String> MEMBERSHIPS =
            List.of("join", "join", "join", "invite", "leave", "ban", "knock");

    private static final List<String> JOIN_RULES =
            List.of("public", "invite", "knock", "restricted", "knock_restricted", "private");

    private static final List<Integer> LEVELS = List.of(-1, 0, 1, 49, 50, 51, 99, 100, 101);

    private static final List<String> TEXTS =
            List.of(
                    "50",
                    "51",
                    "+49",
                    "-1",
                    "00100",
                    " 99 ",
                    "\t0",
                    "",
                    "+",
                    "5.0",
                    "1e2",
                    "ten",
                    "9223372036854775808");

    private static final List<String> FRACTIONS =
            List.of(
                    "50.57",
                    "5.1E1",
                    "-0.9",
                    "99.0",
                    "1e2",
                    "1e300",
                    "1e400",
                    "-1e400",
                    "18446744073709551616");

    private static final List<String> TYPES =
            List.of(
                    "m.room.member",
                    "m.room.member",
                    "m.room.member",
                    "m.room.member",
                    "m.room.power_levels",
                    "m.room.power_levels",
                    "m.room.power_levels",
                    "m.room.join_rules",
                    "m.room.third_party_invite",
                    "m.room.create",
                    "m.room.topic",
                    "m.room.message",
                    "m.room.redaction",
                    "m.room.aliases");

    private static final EventId CREATE = new EventId("$" + "create_".repeat(7).substring(0, 43));
    private static final EventId OTHER = new EventId("$" + "other_".repeat(8).substring(0, 43));
    private static final SigningKey KEY = new SigningKey(new KeyId("ed25519:k"), new byte[32]);

    private final SplittableRandom random;
    private final Signatures signatures;
    private final String version;
    private final boolean isRoomIdHash;

    /// Whether power levels may be written in other ways than as integers, and whether as fractions
    /// too.
    private final boolean hasTextLevels;

    private final boolean hasFractions;
    private final boolean hasServersInIds;

    private final SequencedMap<StateKeyTuple, Pdu> state = new TreeMap<>();
    private int count;

    RandomCases(String version, long seed, Signatures signatures) {
        this.version = version;
        this.random = new SplittableRandom(seed);
        this.signatures = signatures;
        this.isRoomIdHash = version.equals("12");
        this.hasTextLevels = Integer.parseInt(version) <= 9;
        this.hasServersInIds = Integer.parseInt(version) <= 2;
        this.hasFractions = Integer.parseInt(version) <= 5;
    }

    record Case(Pdu event, List<CitedEvent> authEvents, SequencedMap<StateKeyTuple, Pdu> state) {

        @Override
        public String toString() {
            var text = new StringBuilder(event + " " + event.json());
            authEvents.forEach(it -> text.append("\n  cites ").append(it));
            state.values().forEach(it -> text.append("\n  in ").append(it).append(it.json()));
            return text.toString();
        }
    }

    Case next() {
        state.clear();
        count = 0;
        if (!oneIn(50)) {
            add(create());
        }
        for (var user : USERS) {
            if (!oneIn(4)) {
                add(event("m.room.member", user, user, content("membership", any(MEMBERSHIPS))));
            }
        }
        if (!oneIn(4)) {
            add(event("m.room.join_rules", any(USERS), "", joinRules()));
        }
        if (!oneIn(4)) {
            add(event("m.room.power_levels", any(USERS), "", powerLevels()));
        }
        if (oneIn(2)) {
            add(event("m.room.third_party_invite", any(USERS), "token", invitation()));
        }
        var event = oneIn(60) ? create() : event();
        return new Case(event, authEvents(event), new TreeMap<>(state));
    }

    private void add(Pdu event) {
        state.put(event.stateTuple().orElseThrow(), event);
    }

    private Pdu create() {
        var content = JsonObject.builder();
        if (!oneIn(6)) {
            content.put("room_version", oneIn(12) ? new JsonString("unheard-of") : odd(version));
        }
        if (!oneIn(6)) {
            content.put("creator", odd(any(USERS)));
        }
        if (oneIn(3)) {
            content.put("m.federate", oneIn(4) ? new JsonString("false") : bool());
        }
        if (oneIn(3)) {
            var more = List.of(any(USERS), oneIn(6) ? "ann" : any(USERS));
            content.put("additional_creators", odd(JsonArray.ofStrings(more)));
        }
        return pdu("m.room.create", USERS.getFirst(), Optional.of(""), content.build(), List.of());
    }

    private Pdu event() {
        var type = any(TYPES);
        var sender = any(USERS);
        return switch (type) {
            case "m.room.member" -> membership(sender);
            case "m.room.power_levels" -> event(type, sender, "", changedLevels());
            case "m.room.join_rules" -> event(type, sender, "", joinRules());
            case "m.room.third_party_invite" -> event(type, sender, "token", invitation());
            default -> pdu(type, sender, stateKey(sender), content("body", "hello"), previous());
        };
    }

    private Optional<String> stateKey(String sender) {
        return switch (random.nextInt(6)) {
            case 0 -> Optional.of("");
            case 1 -> Optional.of(sender);
            case 2 -> Optional.of(any(USERS));
            case 3 -> Optional.of("@");
            case 4 -> Optional.of(Terms.domain(any(USERS)));
            default -> Optional.empty();
        };
    }

    private Pdu membership(String anybody) {
        var membership = oneIn(20) ? "unheard-of" : any(MEMBERSHIPS);
        var inviter = state.get(new StateKeyTuple("m.room.third_party_invite", "token"));
        boolean isOfInviter = membership.equals("invite") && inviter != null && oneIn(2);
        var sender = isOfInviter ? inviter.sender().value() : anybody;
        var target = oneIn(3) ? sender : any(USERS);
        if (oneIn(2) && (membership.equals("join") || membership.equals("knock"))) {
            target = sender;
        }
        var content = JsonObject.builder();
        if (!oneIn(30)) {
            content.put("membership", odd(membership));
        }
        if (oneIn(4)) {
            content.put("join_authorised_via_users_server", odd(any(USERS)));
        }
        if (oneIn(isOfInviter ? 2 : 4)) {
            content.put("third_party_invite", odd(thirdParty(target)));
        }
        var key = oneIn(30) ? Optional.<String>empty() : Optional.of(target);
        return pdu("m.room.member", sender, key, content.build(), previous());
    }

    private JsonObject thirdParty(String target) {
        var signed = JsonObject.builder();
        if (!oneIn(8)) {
            signed.put("mxid", odd(oneIn(8) ? any(USERS) : target));
        }
        if (!oneIn(8)) {
            signed.put("token", odd(oneIn(8) ? "another" : "token"));
        }
        var object = signed.build();
        if (!oneIn(3)) {
            object = JsonSigning.sign(object, new ServerName("id"), KEY, signatures);
        }
        if (oneIn(8)) {
            object = object.with("added", new JsonString("later"));
        }
        return oneIn(8) ? content("display_name", "a") : wrapped("signed", odd(object));
    }

    private JsonObject invitation() {
        var key = UnpaddedBase64.encode(signatures.verifyKey(KEY).bytes());
        if (oneIn(4)) {
            key = UnpaddedBase64.encodeUrl(signatures.verifyKey(KEY).bytes());
        }
        var content = JsonObject.builder();
        if (oneIn(2)) {
            content.put("public_key", odd(key));
        }
        if (oneIn(2)) {
            var entry = oneIn(6) ? new JsonString(key) : wrapped("public_key", odd(key));
            content.put("public_keys", odd(JsonArray.of(List.of(entry))));
        }
        return content.build();
    }

    private JsonObject joinRules() {
        return oneIn(20) ? JsonObject.empty() : wrapped("join_rule", odd(any(JOIN_RULES)));
    }

    /// Those of the state with something changed, or others.
    private JsonObject changedLevels() {
        var before = state.get(new StateKeyTuple("m.room.power_levels", ""));
        if (before == null || oneIn(6)) {
            return powerLevels();
        }
        var content = before.content();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var other = powerLevels();
            if (other.isEmpty()) {
                continue;
            }
            var name = any(List.copyOf(other.keys()));
            content =
                    oneIn(4)
                            ? content.without(name)
                            : content.with(name, other.get(name).orElseThrow());
        }
        return content;
    }

    private JsonObject powerLevels() {
        var content = JsonObject.builder();
        for (var name : PowerLevelContent.LEVELS) {
            if (oneIn(4)) {
                content.put(name, level());
            }
        }
        if (oneIn(2)) {
            content.put("events", levels(TYPES));
        }
        if (oneIn(4)) {
            content.put("notifications", levels(List.of("room", "other")));
        }
        if (!oneIn(5)) {
            content.put("users", levels(USERS));
        }
        return content.build();
    }

    private JsonValue levels(List<String> names) {
        var levels = JsonObject.builder();
        for (int i = random.nextInt(4); i > 0; i--) {
            levels.put(oneIn(40) ? "ann" : any(names), level());
        }
        return odd(levels.build());
    }

    private JsonValue level() {
        if (hasFractions && oneIn(6)) {
            return new JsonNumber(any(FRACTIONS));
        }
        if (hasTextLevels && oneIn(6)) {
            return new JsonString(any(TEXTS));
        }
        return odd(JsonNumber.of(any(LEVELS)));
    }

    private JsonValue odd(String usual) {
        return odd(new JsonString(usual));
    }

    /// The value, or once in a while something that has no business to be there.
    private JsonValue odd(JsonValue usual) {
        if (!oneIn(40)) {
            return usual;
        }
        return switch (random.nextInt(6)) {
            case 0 -> JsonNull.NULL;
            case 1 -> new JsonString("50");
            case 2 -> JsonNumber.of(50);
            case 3 -> JsonArray.ofStrings(List.of("a"));
            case 4 -> content("a", "b");
            default -> bool();
        };
    }

    private JsonValue bool() {
        return JsonBoolean.of(random.nextBoolean());
    }

    private List<EventId> previous() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of(CREATE);
            case 1 -> List.of(CREATE, OTHER);
            default -> List.of(OTHER);
        };
    }

    /// What the text selects of the state, or something else.
    private List<CitedEvent> authEvents(Pdu event) {
        var cited = new ArrayList<CitedEvent>();
        var edition = Edition.of(new RoomVersion(version));
        var selected = AuthEventsSelection.of(edition, event);
        for (var key : selected) {
            if (state.containsKey(key) && !oneIn(40)) {
                cited.add(new CitedEvent(state.get(key), oneIn(100)));
            }
        }
        if (oneIn(20) && !state.isEmpty()) {
            cited.add(new CitedEvent(any(List.copyOf(state.values())), false));
        }
        if (oneIn(40)) {
            cited.add(new CitedEvent(event("m.room.member", "@ann:a", "@ann:a", joined()), false));
        }
        return cited;
    }

    private static JsonObject joined() {
        return content("membership", "join");
    }

    private Pdu event(String type, String sender, String stateKey, JsonObject content) {
        return pdu(type, sender, Optional.of(stateKey), content, previous());
    }

    private Pdu pdu(
            String type,
            String sender,
            Optional<String> stateKey,
            JsonObject content,
            List<EventId> previous) {
        boolean isCreate = type.equals("m.room.create");
        var id = isCreate && !oneIn(50) ? CREATE : id("e".repeat(42) + count++);
        var prevEvents = isCreate ? (oneIn(10) ? List.of(OTHER) : List.<EventId>of()) : previous;
        var json =
                JsonObject.builder()
                        .put("type", type)
                        .put("sender", sender)
                        .put("content", content)
                        .put("depth", 1)
                        .put("origin_server_ts", 1);
        stateKey.ifPresent(it -> json.put("state_key", it));
        var redacted =
                type.equals("m.room.redaction") && !oneIn(6)
                        ? Optional.of(id("another"))
                        : Optional.<EventId>empty();
        redacted.ifPresent(it -> json.put("redacts", it.value()));
        var room = room();
        if (!(isCreate && isRoomIdHash) || oneIn(10)) {
            json.put("room_id", room.value());
        }
        var signed = oneIn(10) ? List.<String>of() : USERS.stream().map(Terms::domain).toList();
        var all = JsonObject.builder();
        signed.forEach(it -> all.put(it, content("ed25519:k", "c2lnbmF0dXJl")));
        json.put("signatures", all.build());
        return new Pdu(id, room, json.build(), prevEvents, List.of(), redacted);
    }

    /// Up to version 2 it says which server gave it.
    private EventId id(String opaque) {
        return new EventId("$" + opaque + (hasServersInIds ? ":" + Terms.domain(any(USERS)) : ""));
    }

    private RoomId room() {
        if (isRoomIdHash) {
            return RoomId.ofCreateEvent(oneIn(60) ? OTHER : CREATE);
        }
        return new RoomId(oneIn(60) ? "!room:b" : "!room:a");
    }

    private static JsonObject content(String key, String value) {
        return JsonObject.builder().put(key, value).build();
    }

    private static JsonObject wrapped(String key, JsonValue value) {
        return JsonObject.builder().put(key, value).build();
    }

    private boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
