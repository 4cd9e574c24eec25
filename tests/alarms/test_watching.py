"""The worker's loops: what comes in is judged and told without anybody asking."""

import asyncio
import contextlib
import json
import time

from backend.alarms.channels import open_channel
from backend.alarms.watching import watch_alarms
from backend.settings import Settings
from backend.store.notifications import NewChannel
from tests.services.alarms import Said, find_open, hours, report
from tests.services.city import MORNING
from tests.services.inbox import webhook_receiver
from tests.services.loops import run

PATIENCE_S = 20


async def eventually(is_true):
    until_s = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < until_s
        await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def watching(database):
    watch = asyncio.create_task(watch_alarms(Settings(database=database)))
    try:
        yield
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch


def burn(connection, slot_id):
    report(connection, slot_id, [Said(at=MORNING - hours(1), temperature_c=70.0)])


def tell_of(connection, slot_id):
    connection.execute(
        """SELECT pg_notify('ullage', json_build_object(
               'kind', 'readings', 'devices', array_agg(device_id))::text)
           FROM device_slot WHERE slot_id = %s""",
        (slot_id,),
    )


def test_a_record_that_comes_in_is_an_alarm_and_told_at_once(
    connection, bins, module_database
):
    async def scenario(receiver):
        async with watching(module_database):
            burn(connection, bins[0])
            # Judged as what came while nobody listened.
            await eventually(lambda: find_open(connection, bins[0]) == ["fire"])
            burn(connection, bins[1])
            tell_of(connection, bins[1])
            await eventually(lambda: find_open(connection, bins[1]) == ["fire"])
            await eventually(lambda: len(receiver.posts) == 2)

    with webhook_receiver() as receiver:
        new = NewChannel(
            medium="webhook",
            address=receiver.url,
            kinds=["fire"],
            least_severity="minor",
        )
        open_channel(connection, 1, new)
        run(scenario(receiver))

    told = [json.loads(each.body)["data"]["bin"] for each in receiver.posts]
    assert told == ["T-1", "T-2"]


def test_a_database_that_was_lost_is_listened_to_again(
    connection, bins, module_database
):
    evict = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()"""

    async def scenario():
        async with watching(module_database):
            burn(connection, bins[0])
            await eventually(lambda: find_open(connection, bins[0]) == ["fire"])
            connection.execute(evict)
            burn(connection, bins[1])
            await eventually(lambda: find_open(connection, bins[1]) == ["fire"])

    run(scenario())
