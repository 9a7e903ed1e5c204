"""Logs in, joins a room by its alias, says hello, and waits for the answer. Exits 0 when it came."""
import asyncio
import sys

from nio import AsyncClient, JoinResponse, LoginResponse, RoomMessageText, RoomSendResponse


async def main(homeserver, user, password, alias):
    client = AsyncClient(homeserver, user)
    answered = asyncio.Event()

    async def on_message(room, event):
        if event.body == "hello nio":
            answered.set()

    client.add_event_callback(on_message, RoomMessageText)
    try:
        login = await client.login(password)
        assert isinstance(login, LoginResponse), login
        await client.sync(timeout=0)
        joined = await client.join(alias)
        assert isinstance(joined, JoinResponse), joined
        sent = await client.room_send(
            joined.room_id, "m.room.message", {"msgtype": "m.text", "body": "hello from nio"})
        assert isinstance(sent, RoomSendResponse), sent
        for _ in range(30):
            await client.sync(timeout=1000)
            if answered.is_set():
                break
        assert answered.is_set(), "no answer"
        room = client.rooms[joined.room_id]
        assert user in room.users, room.users
    finally:
        await client.close()


asyncio.run(main(*sys.argv[1:]))
