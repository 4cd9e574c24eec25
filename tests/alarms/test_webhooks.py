"""What happened reaches a webhook, signed, once, however often it takes."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any

import pytest

from backend.alarms import webhook
from backend.alarms.delivering import wait_before
from backend.alarms.errors import AlarmError
from backend.alarms.looking import look_at_slots
from backend.store.notifications import (
    load_channels,
    queue_test,
    remove_channel,
    replay,
)
from tests.alarms.conftest import add, burn, send
from tests.services.alarms import Said, hours, report
from tests.services.city import MORNING

ATTEMPTS = (
    "SELECT attempts, next_try_at IS NULL, delivered_at IS NULL FROM notification"
)


def test_a_webhook_is_signed_as_standard_webhooks_wants_it(
    connection, bins, inbox, receiver
):
    _, secret = add(connection, "webhook", receiver.url)
    burn(connection, bins[0])

    send(connection, inbox[0])

    (post,) = receiver.posts
    message_id, sent_s = (post.headers[f"webhook-{x}"] for x in ("id", "timestamp"))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{sent_s}.".encode() + post.body
    digest = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert post.headers["webhook-signature"] == f"v1,{digest}"
    said = json.loads(post.body)
    assert said["type"] == "alarm.raised"
    assert said["data"]["bin"] == "T-1"
    assert said["data"]["what"] == "70 °C"


def test_the_signature_is_the_one_of_the_specifications_example():
    # spec/standard-webhooks.md of github.com/standard-webhooks, reference libraries
    assert (
        webhook.sign(
            b'{"test": 2432232314}',
            secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp_s=1614265330,
        )
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_what_was_refused_is_told_again_with_the_same_id_and_bytes(
    connection, bins, inbox, receiver
):
    add(connection, "webhook", receiver.url)
    receiver.answers = [503, 404, 307]
    burn(connection, bins[0])

    for _ in range(5):
        send(connection, inbox[0])

    assert len(receiver.posts) == 4  # a redirection is an answer, and no way to go
    assert len({each.headers["webhook-id"] for each in receiver.posts}) == 1
    assert len({each.body for each in receiver.posts}) == 1
    assert connection.execute(ATTEMPTS).fetchall() == [(4, True, False)]
    tries = connection.execute(
        "SELECT error FROM delivery ORDER BY tried_at"
    ).fetchall()
    assert [each and each[:22] for (each,) in tries] == [
        "127.0.0.1 answered 503",
        "127.0.0.1 answered 404",
        "127.0.0.1 answered 307",
        None,
    ]


def test_a_receiver_that_is_away_is_asked_once_for_all_that_waits(
    connection, bins, inbox, receiver
):
    add(connection, "webhook", receiver.url)
    receiver.answers = [503] * 9
    for slot_id in bins:
        burn(connection, slot_id)

    send(connection, inbox[0])
    assert len(receiver.posts) == 1

    receiver.answers = []
    send(connection, inbox[0])
    assert len(receiver.posts) == 4


def test_after_a_day_it_is_given_up_and_may_still_be_replayed(
    connection, bins, inbox, receiver
):
    channel_id, _ = add(connection, "webhook", receiver.url)
    receiver.answers = [500]
    burn(connection, bins[0])
    connection.execute(
        "UPDATE notification SET queued_at = queued_at - interval '25 hours'"
    )

    send(connection, inbox[0])
    assert load_channels(connection, 1)[0].last_error is not None
    assert connection.execute(ATTEMPTS).fetchall() == [(1, True, True)]

    assert replay(connection, 1, channel_id=channel_id, since=MORNING) == 1
    send(connection, inbox[0])
    assert connection.execute(ATTEMPTS).fetchall() == [(1, True, False)]


def test_waits_grow_from_seconds_to_hours_and_never_are_even():
    waits = [wait_before(attempts) for attempts in range(1, 20)]

    assert 4 <= waits[0] <= 6
    assert waits[5] > 100 * waits[0]
    assert all(wait_s <= 1.2 * 3 * 3600 for wait_s in waits)
    assert len({wait_before(15) for _ in range(5)}) == 5


def test_a_channel_hears_only_what_it_asked_for(connection, bins, inbox, receiver):
    add(connection, "webhook", receiver.url, kinds=["silent"])
    add(connection, "webhook", receiver.url, least="critical")
    removed, _ = add(connection, "webhook", receiver.url)
    remove_channel(connection, 1, removed)
    two_tilted = [Said(at=MORNING - hours(each), tilt_deg=80) for each in (2, 1)]
    report(connection, bins[0], two_tilted)
    look_at_slots(connection, bins)

    send(connection, inbox[0])

    assert receiver.posts == []


def test_a_channel_can_be_tried(connection, bins, inbox, receiver):
    settings, mails = inbox
    for medium, address in (
        ("webhook", receiver.url),
        ("email", "dispatch@example.org"),
    ):
        channel_id, _ = add(connection, medium, address)
        queue_test(connection, 1, channel_id)

    send(connection, settings)

    assert json.loads(receiver.posts[0].body)["type"] == "test"
    assert "This is a test" in mails.get(timeout=5).get_payload()


@pytest.mark.parametrize(
    ("medium", "address", "kinds", "named"),
    [
        ("webhook", "ftp://example.org", [], "is no address to post to"),
        ("webhook", "https://", [], "is no address to post to"),
        ("webhook", "https://[half", [], "is no address to post to"),
        ("email", "dispatch", [], "is no e-mail address"),
        ("email", "a@example.org, b@example.org", [], "is no e-mail address"),
        ("email", "a@example.org", ["flood"], "flood is no kind of alarm"),
    ],
)
def test_what_nothing_can_be_told_to_is_refused(
    connection, bins, medium, address, kinds, named
):
    with pytest.raises(AlarmError, match="is no") as refused:
        add(connection, medium, address, kinds=kinds)

    assert named in str(refused.value)
    assert load_channels(connection, 1) == []


def test_the_manuals_few_lines_verify_a_webhook(connection, bins, inbox, receiver):
    manual = (Path(__file__).parents[2] / "docs/operations.md").read_text("utf-8")
    (lines,) = re.findall(r"```python\n(import base64.*?)```", manual, re.DOTALL)
    written: dict[str, Any] = {}
    exec(lines, written)
    _, secret = add(connection, "webhook", receiver.url)
    burn(connection, bins[0])

    send(connection, inbox[0])

    (post,) = receiver.posts
    assert written["is_ours"](post.headers, post.body, secret)
    assert not written["is_ours"](post.headers, post.body + b" ", secret)
    late = post.headers | {"webhook-timestamp": "1614265330"}
    assert not written["is_ours"](late, post.body, secret)
