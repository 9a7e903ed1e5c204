"""Makes up rooms, and judges them with Synapse's own modules.

Reads `VERSION SEED` lines from standard input and answers each with one line:

    {"input": what `strata judge` takes, "expected": what it should answer}

or, if Synapse breaks at merging states, as far as it came, with "broken" in place of the room's end.

A room forks and merges at random; people join, invite, kick, ban and knock, change power levels
and join rules, and now and then do what they may not, or cite what does not authorize them. Each
event is signed. The verdicts, the states and the hashes are Synapse's: `synapse.event_auth`,
`synapse.state` and `synapse.crypto.event_signing`. Runs with a Python that has matrix-synapse.
"""

import asyncio
import hashlib
import json
import random
import sys

from signedjson.key import decode_signing_key_base64, get_verify_key
from synapse import event_auth
from synapse.api.errors import AuthError, SynapseError
from synapse.api.room_versions import KNOWN_ROOM_VERSIONS, StateResolutionVersions
from synapse.crypto.event_signing import add_hashes_and_signatures, check_event_content_hash
from synapse.crypto.event_signing import compute_event_signature
from synapse.events import make_event_from_dict
from synapse.state import v1, v2
from synapse.storage.databases.main.event_federation import StateDifference
from synapse.synapse_rust.events import redact_event_dict
from unpaddedbase64 import encode_base64
from canonicaljson import encode_canonical_json

SERVERS = ["a.test", "b.test", "c.test"]
USERS = ["@%s%d:%s" % (s[0], n, s) for s in SERVERS for n in (1, 2)]
KEYS = {
    s: decode_signing_key_base64("ed25519", "1", encode_base64(hashlib.sha256(s.encode()).digest()))
    for s in SERVERS
}
EVENTS = 40
FORK_CHANCE = 0.25
MERGE_CHANCE = 0.5
ANY_MERGE_CHANCE = 0.04
OLD_STATE_CHANCE = 0.12
WRONG_CITATION_CHANCE = 0.06
TAMPER_CHANCE = 0.03
PRESENT_CHANCE = 0.85


class Store:
    """Stands in for Synapse's database: events, and auth chains walked in full."""

    def __init__(self):
        self.events = {}

    async def get_events(self, event_ids, redact_behaviour=None, allow_rejected=False, **_):
        found = {i: self.events[i] for i in event_ids if i in self.events}
        return {
            i: e for i, e in found.items() if allow_rejected or e.rejected_reason is None
        }

    def chain(self, event_ids):
        seen, todo = set(event_ids), list(event_ids)
        while todo:
            for cited in self.events[todo.pop()].auth_event_ids():
                if cited not in seen:
                    seen.add(cited)
                    todo.append(cited)
        return seen

    async def get_auth_chain_difference(self, room_id, state_sets, conflicted, _additional):
        chains = [self.chain(state) for state in state_sets]
        difference = set().union(*chains) - set.intersection(*chains)
        subgraph = None
        if conflicted is not None:
            below = self.chain(conflicted)
            subgraph = {e for e in below if self.chain([e]) & conflicted}
        return StateDifference(auth_difference=difference, conflicted_subgraph=subgraph)


class Clock:
    async def sleep(self, _duration):
        pass


class Room:
    def __init__(self, version_id, seed):
        self.random = random.Random("%s %s" % (version_id, seed))
        self.version = KNOWN_ROOM_VERSIONS[version_id]
        self.store = Store()
        self.room_id = "!room:a.test"
        self.wire = []  # what is sent, in order
        self.answers = []  # what is expected, in order
        self.prev = {}
        self.after = {}  # state after each event
        self.rejected = set()
        self.ends = []  # accepted events that no accepted one comes after
        self.count = 0

    # --- states ------------------------------------------------------------------------------

    async def merged(self, event_ids):
        states = []
        for event_id in event_ids:
            if self.after[event_id] not in states:
                states.append(self.after[event_id])
        if not states:
            return {}
        if len(states) == 1:
            return states[0]
        if self.version.state_res == StateResolutionVersions.V1:

            async def events(ids):
                return await self.store.get_events(ids, allow_rejected=True)

            resolved = await v1.resolve_events_with_store(
                self.room_id, self.version, states, None, events
            )
        else:
            resolved = await v2.resolve_events_with_store(
                Clock(), self.room_id, self.version, states, None, self.store
            )
        return dict(resolved)

    # --- events ------------------------------------------------------------------------------

    def sign(self, body):
        body = dict(body)
        sender_server = body["sender"].split(":", 1)[1]
        add_hashes_and_signatures(self.version, body, sender_server, KEYS[sender_server])
        signers = set()
        if "event_id" in body:
            signers.add(body["event_id"].split(":", 1)[1])
        voucher = body["content"].get("join_authorised_via_users_server")
        if isinstance(voucher, str) and ":" in voucher:
            signers.add(voucher.split(":", 1)[1])
        for server in sorted(signers - {sender_server}):
            more = compute_event_signature(self.version, body, server, KEYS[server])
            body["signatures"].update(more)
        return body

    def cite(self, event_ids):
        if self.version.event_format == 1:
            hashes = []
            for event_id in event_ids:
                digest = hashlib.sha256(event_id.encode()).digest()
                hashes.append([event_id, {"sha256": encode_base64(digest)}])
            return hashes
        return list(event_ids)

    async def add(self, sender, event_type, state_key, content, prev=None, auth=None):
        prev = self.choose_prev() if prev is None else prev
        before = await self.merged(prev)
        body = {
            "type": event_type,
            "sender": sender,
            "content": content,
            "depth": 1 + self.count,
            "origin_server_ts": 1_000_000 + self.random.randrange(40) * 10,
            "prev_events": self.cite(prev),
            "auth_events": [],
        }
        if not (self.version.msc4291_room_ids_as_hashes and event_type == "m.room.create"):
            body["room_id"] = self.room_id
        if state_key is not None:
            body["state_key"] = state_key
        if self.version.event_format == 1:
            body["event_id"] = "$e%d:%s" % (self.count, sender.split(":", 1)[1])
        if event_type == "m.room.redaction":
            target = self.random.choice(sorted(self.store.events))
            if self.version.updated_redaction_rules:
                body["content"] = dict(content, redacts=target)
            else:
                body["redacts"] = target
        self.count += 1
        if auth is None:
            auth = self.choose_auth(body, before)
        body["auth_events"] = self.cite(auth)
        body = self.sign(body)
        if self.random.random() < TAMPER_CHANCE and event_type != "m.room.create":
            body["content"] = dict(body["content"], tampered=True)
        await self.judge(body, prev, before)

    def event(self, body, rejected=None):
        return make_event_from_dict(body, self.version, {}, rejected)

    def choose_prev(self):
        r = self.random
        if r.random() < FORK_CHANCE and len(self.after) > 4:
            return [r.choice(list(self.after)[-8:])]
        if r.random() < ANY_MERGE_CHANCE and len(self.after) > 4:
            # States from anywhere, also such as nobody needs to merge.
            return r.sample(list(self.after), r.choice([2, 3, 4]))
        if len(self.ends) > 1 and r.random() < MERGE_CHANCE:
            return r.sample(sorted(self.ends), min(len(self.ends), r.choice([2, 2, 3])))
        return [r.choice(sorted(self.ends))]

    def choose_auth(self, body, before):
        r = self.random
        state = before
        if r.random() < OLD_STATE_CHANCE:
            state = self.after[r.choice(list(self.after))]
        event = self.event(self.sign(body))
        try:
            wanted = event_auth.auth_types_for_event(self.version, event)
        except (KeyError, TypeError, AttributeError):
            wanted = {("m.room.create", "")}
        if self.version.msc4291_room_ids_as_hashes:
            wanted.discard(("m.room.create", ""))
        auth = [state[k] for k in sorted(wanted) if k in state]
        if r.random() < WRONG_CITATION_CHANCE and len(self.store.events) > 2:
            if auth and r.random() < 0.5:
                auth.pop(r.randrange(len(auth)))
            else:
                # Where the room's ID cites the create event, Synapse can't even read one that does.
                unreadable = int(self.version.msc4291_room_ids_as_hashes)
                auth += r.sample(list(self.store.events)[unreadable:], k=1)
                r.shuffle(auth)
        return auth

    # --- verdicts ----------------------------------------------------------------------------

    async def judge(self, body, prev, before):
        self.wire.append(body)
        event = self.event(body)
        if event.event_id in self.store.events:
            raise AssertionError("the same event twice: " + event.event_id)
        hash_ok = check_event_content_hash(event)
        if not hash_ok:
            event = self.event(redact_event_dict(self.version, body))
        own = await self.by_auth_events(event)
        by_state = self.by_state(event, before)
        allowed = own is None and by_state is None
        event = self.event(event.get_dict(), None if allowed else "rejected")
        event_id = event.event_id
        self.store.events[event_id] = event
        self.prev[event_id] = prev
        after = dict(before)
        if allowed and event.is_state():
            after[(event.type, event.state_key)] = event_id
        self.after[event_id] = after
        if allowed:
            gone = self.comes_before(event_id)
            self.ends = [e for e in self.ends if e not in gone] + [event_id]
        else:
            self.rejected.add(event_id)
        redacted = redact_event_dict(self.version, body)
        redacted.pop("unsigned", None)
        self.answers.append(
            {
                "event_id": event_id,
                "content_hash_ok": hash_ok,
                "redacted_sha256": sha256(redacted),
                "auth_own": {"allowed": own is None, "reason": own},
                "auth_state": {"allowed": by_state is None, "reason": by_state},
                "rejected": not allowed,
                "state_before_sha256": sha256(listed(before)),
            }
        )

    def comes_before(self, event_id):
        seen, todo = set(), list(self.prev[event_id])
        while todo:
            e = todo.pop()
            if e not in seen:
                seen.add(e)
                if e in self.rejected:
                    todo.extend(self.prev[e])
        return seen

    async def by_auth_events(self, event):
        try:
            await event_auth.check_state_independent_auth_rules(self.store, event)
            cited = await self.store.get_events(event.auth_event_ids(), allow_rejected=True)
            event_auth.check_state_dependent_auth_rules(event, cited.values())
            return None
        except (SynapseError, KeyError, TypeError, AttributeError, ValueError) as e:
            return repr(e)

    def by_state(self, event, before):
        try:
            wanted = event_auth.auth_types_for_event(self.version, event)
            state = [self.store.events[before[k]] for k in sorted(wanted) if k in before]
            event_auth.check_state_dependent_auth_rules(event, state)
            return None
        except (SynapseError, KeyError, TypeError, AttributeError, ValueError) as e:
            return repr(e)

    # --- what people do ----------------------------------------------------------------------

    async def begin(self):
        creator = USERS[0]
        content = {"room_version": self.version.identifier}
        if not self.version.implicit_room_creator:
            content["creator"] = creator
        if self.version.msc4289_creator_power_enabled and self.random.random() < 0.3:
            content["additional_creators"] = [self.random.choice(USERS[1:])]
        if self.random.random() < 0.1:
            content["m.federate"] = False
        await self.add(creator, "m.room.create", "", content, prev=[], auth=[])
        create = next(iter(self.store.events))
        if self.version.msc4291_room_ids_as_hashes:
            self.room_id = "!" + create[1:]
        await self.add(creator, "m.room.member", creator, {"membership": "join"})
        if self.random.random() < 0.8:
            await self.add(creator, "m.room.power_levels", "", self.first_powers(creator))
        await self.add(creator, "m.room.join_rules", "", {"join_rule": "public"})
        for user in self.random.sample(USERS[1:], 3):
            await self.add(user, "m.room.member", user, {"membership": "join"})

    def first_powers(self, creator):
        users = {} if self.version.msc4289_creator_power_enabled else {creator: 100}
        for user in self.random.sample(USERS[1:], 2):
            users[user] = self.random.choice([50, 75, 100])
        return {"users": users}

    def join_rule(self):
        rules = ["public", "public", "invite", "private"]
        if self.version.knock_join_rule:
            rules.append("knock")
        if self.version.restricted_join_rule:
            rules.append("restricted")
        if self.version.knock_restricted_join_rule:
            rules.append("knock_restricted")
        return self.random.choice(rules + (["nonsense"] if self.random.random() < 0.1 else []))

    async def step(self):
        r = self.random
        sender = self.present() if r.random() < PRESENT_CHANCE else r.choice(USERS)
        target = r.choice(USERS)
        deed = r.choices(
            ["join", "leave", "membership", "power", "rules", "state", "say", "redact", "alias"],
            [6, 1, 5, 4, 2, 4, 2, 1, 1],
        )[0]
        if deed == "join":
            sender = r.choice(USERS)
            content = {"membership": "join"}
            if self.version.restricted_join_rule and r.random() < 0.4:
                content["join_authorised_via_users_server"] = target
            await self.add(sender, "m.room.member", sender, content)
        elif deed == "leave":
            await self.add(sender, "m.room.member", sender, {"membership": "leave"})
        elif deed == "membership":
            what = r.choice(["invite", "invite", "ban", "leave", "knock", "join", "dance"])
            if what == "knock":
                sender = r.choice(USERS)
            key = sender if what == "knock" and r.random() < 0.8 else target
            sender = sender if what == "knock" else self.powerful()
            await self.add(sender, "m.room.member", key, {"membership": what})
        elif deed == "power":
            await self.add(self.powerful(), "m.room.power_levels", "", self.powers())
        elif deed == "rules":
            content = {"join_rule": self.join_rule()}
            await self.add(self.powerful(), "m.room.join_rules", "", content)
        elif deed == "state":
            kind = r.choice(["m.room.topic", "m.room.name", "org.example.own"])
            key = r.choice(["", sender, target]) if kind == "org.example.own" else ""
            await self.add(r.choice([sender, self.powerful()]), kind, key, {"n": self.count})
        elif deed == "say":
            await self.add(sender, "m.room.message", None, {"body": "x"})
        elif deed == "redact":
            await self.add(r.choice([sender, self.powerful()]), "m.room.redaction", None, {})
        elif deed == "alias":
            key = r.choice(SERVERS + ["", sender.split(":", 1)[1]])
            await self.add(sender, "m.room.aliases", key, {"aliases": []})

    def present(self):
        """Somebody who is in the room, somewhere."""
        state = self.after[self.random.choice(sorted(self.ends))]
        joined = [
            key
            for (kind, key), event in sorted(state.items())
            if kind == "m.room.member"
            and self.store.events[event].get_dict()["content"].get("membership") == "join"
        ]
        return self.random.choice(joined or USERS)

    def powerful(self):
        """Somebody who may do more than others, probably."""
        if self.random.random() < 0.2:
            return self.random.choice(USERS)
        state = self.after[self.random.choice(sorted(self.ends))]
        at = state.get(("m.room.power_levels", ""))
        users = self.store.events[at].get_dict()["content"].get("users") if at else None
        if not isinstance(users, dict):
            return USERS[0]
        return self.random.choice([USERS[0]] + [u for u in sorted(users) if u in USERS])

    def powers(self):
        """The levels as they are somewhere, with one or two changes."""
        r = self.random
        end = r.choice(sorted(self.ends))
        at = self.after[end].get(("m.room.power_levels", ""))
        content = json.loads(json.dumps(self.store.events[at].get_dict()["content"])) if at else {}
        for _ in range(r.choice([1, 1, 2])):
            level = r.choice([0, 10, 49, 50, 51, 75, 99, 100, 101])
            if r.random() < 0.1 and not self.version.strict_canonicaljson:
                level = r.choice([50.57, 100.0, 49.999, -0.5])
            if r.random() < 0.08 and at:
                # What may stand there differs by room version. Among the first levels of a room
                # Synapse takes some of it and then fails at every event that asks for it.
                level = r.choice([str(level), " %d " % level, "x", "", None, True, [1], {"a": 1}])
            kind = r.choice(["users", "users", "users", "events", "notifications", "named"])
            if kind == "named":
                named = ["ban", "kick", "invite", "redact", "state_default", "events_default"]
                content[r.choice(named + ["users_default"])] = level
            else:
                keys = {
                    "users": USERS,
                    "events": ["m.room.topic", "m.room.name", "m.room.power_levels"],
                    "notifications": ["room"],
                }[kind]
                levels = content.setdefault(kind, {})
                if not isinstance(levels, dict):
                    continue
                if r.random() < 0.15:
                    levels.pop(r.choice(keys), None)
                else:
                    levels[r.choice(keys)] = level
        if r.random() < 0.02:
            content["users"] = r.choice([[], "x", {"not a user": 1}])
        return content

    async def run(self):
        await self.begin()
        try:
            for _ in range(EVENTS):
                await self.step()
            state = await self.merged(self.ends)
        except (TypeError, ValueError) as e:
            if not is_of_no_level(e):
                raise
            return self.compared({"events": self.answers, "broken": repr(e)})
        ends = sorted(self.ends)
        return self.compared(
            {"events": self.answers, "forward_extremities": ends, "state": listed(state)}
        )

    def compared(self, expected):
        keys = {
            s: {"ed25519:1": encode_base64(get_verify_key(KEYS[s]).encode())} for s in SERVERS
        }
        given = {
            "room_version": self.version.identifier,
            "events": self.wire[: len(self.answers)],
            "keys": keys,
        }
        return {"input": given, "expected": expected}


def is_of_no_level(error):
    """Whether Synapse broke at power levels that have what is no level.

    It takes some of it among the first levels of a room, and then fails at every event that asks
    for such a level.
    """
    return not isinstance(error, SynapseError) and "int()" in str(error)


def listed(state):
    return [[t, k, e] for (t, k), e in sorted(state.items())]


def sha256(value):
    return hashlib.sha256(encode_canonical_json(value)).hexdigest()


def main():
    for line in sys.stdin:
        version, seed = line.split()
        print(json.dumps(asyncio.run(Room(version, seed).run())), flush=True)


if __name__ == "__main__":
    main()
