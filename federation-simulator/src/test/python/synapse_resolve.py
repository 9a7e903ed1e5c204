"""Resolves states with Synapse's own state resolution.

Reads rooms from standard input, one a line, and answers each with a line of its resolutions:

    {"version": "11", "events": [{"id": "$a", "auth": ["$b"], "rejected": false, "json": {..}}],
     "merges": [[["$a", "$b"], ["$c"]]]}
    [["$a", "$c"]]

A state is the list of its events. The events need no hashes: they are stand-ins that have what
Synapse's rules look at. Runs with any Python that has the package matrix-synapse.
"""

import asyncio
import json
import sys

import synapse.event_auth  # noqa: F401  (before synapse.state, which it imports in a circle)
from synapse.api.room_versions import KNOWN_ROOM_VERSIONS
from synapse.state.v2 import resolve_events_with_store
from synapse.storage.databases.main.event_federation import StateDifference


class StandIn:
    """What Synapse's authorization rules and state resolution look at of an event."""

    def __init__(self, line, version):
        body = line["json"]
        self.room_version = version
        self.event_id = line["id"]
        self.rejected_reason = "rejected" if line["rejected"] else None
        self.room_id = body.get("room_id", "!" + line["id"][1:])
        self.type = body["type"]
        self.state_key = body["state_key"]
        self.sender = self.user_id = body["sender"]
        self.content = body["content"]
        self.origin_server_ts = body["origin_server_ts"]
        self.depth = body["depth"]
        self.signatures = body.get("signatures", {})
        self._prev = body["prev_events"]
        self._auth = list(line["auth"])
        implied = version.msc4291_room_ids_as_hashes and self.type != "m.room.create"
        if implied:
            self._auth.append("$" + self.room_id[1:])

    @property
    def membership(self):
        return self.content["membership"]

    def is_state(self):
        return True

    def get_state_key(self):
        return self.state_key

    def get(self, key, default=None):
        return getattr(self, key, default)

    def auth_event_ids(self):
        return self._auth

    def prev_event_ids(self):
        return self._prev


class Store:
    """Stands in for Synapse's database: events, and auth chains walked in full."""

    def __init__(self, events):
        self.events = events

    async def get_events(self, event_ids, allow_rejected=False):
        return {i: self.events[i] for i in event_ids if i in self.events}

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


async def resolve(line):
    version = KNOWN_ROOM_VERSIONS[line["version"]]
    events = {e["id"]: StandIn(e, version) for e in line["events"]}
    room_id = next(iter(events.values())).room_id
    answers = []
    for merge in line["merges"]:
        states = [{(events[i].type, events[i].state_key): i for i in ids} for ids in merge]
        resolved = await resolve_events_with_store(
            Clock(), room_id, version, states, None, Store(events)
        )
        answers.append(sorted(resolved.values()))
    return answers


def main():
    for line in sys.stdin:
        print(json.dumps(asyncio.run(resolve(json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
