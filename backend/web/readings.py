"""Readings by HTTP, for devices and servers that do not speak MQTT.

A message is put where a gateway takes it, which stores it as any other. The answer
waits a moment for that; a message is safe as soon as there is an answer.
"""

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from psycopg_pool import ConnectionPool

from backend.inbox import PATIENCE_S, NoMessagesError, read_posted, wait_for
from backend.store.inbox import (
    MessageOutcome,
    NewMessage,
    is_left_alone,
    put_messages,
    take_outcomes,
)

router = APIRouter(prefix="/api/v1", tags=["readings"])

MAX_BODY_BYTES = 1_048_576
UPLINK = "up"
# Who waits keeps one of the application's forty threads; the others get no outcome.
WAITING = BoundedSemaphore(16)
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "oneOf": [
                        {"type": "object"},
                        {"type": "array", "items": {"type": "object"}},
                    ]
                }
            }
        },
    }
}


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageAnswer:
    """What became of one message; no outcome: it is kept and waits for a gateway."""

    device: str | None
    outcome: MessageOutcome | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingsAnswer:
    """What became of each message, in the order in which they were sent."""

    messages: list[MessageAnswer]


async def read_body(request: Request) -> bytes:
    """Read the body, as far as the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise HTTPException(413, f"the limit is {MAX_BODY_BYTES} bytes: send less")
    return bytes(body)


@router.post(
    "/readings", openapi_extra=BODY, responses={202: {"model": ReadingsAnswer}}
)
def post_readings(
    request: Request,
    response: Response,
    body: Annotated[bytes, Depends(read_body)],
    event: Annotated[str, Query(description="ChirpStack's kind of event")] = UPLINK,
) -> ReadingsAnswer:
    """Take readings: our JSON with `device`, or the body of ChirpStack or TTS.

    200: each message was stored, known or rejected with the reason. 202: at least one
    is kept and waits for a gateway; nothing has to be sent again.
    """
    if event != UPLINK:  # joins, status, acknowledgements: nothing was measured
        return ReadingsAnswer(messages=[])
    try:
        posted = read_posted(body)
    except NoMessagesError as error:
        raise HTTPException(422, str(error)) from error
    pool: ConnectionPool[Any] = request.app.state.pool
    with pool.connection() as conn:
        is_hopeless = is_left_alone(conn, PATIENCE_S)
        numbers = put_messages(
            conn,
            [
                NewMessage(
                    topic=each.topic, payload=each.payload, partition=each.partition
                )
                for each in posted
            ],
        )
    outcomes = {} if is_hopeless else _wait(pool, numbers)
    response.status_code = 200 if len(outcomes) == len(numbers) else 202
    return ReadingsAnswer(
        messages=[
            MessageAnswer(device=each.device, outcome=outcomes.get(number))
            for each, number in zip(posted, numbers, strict=True)
        ]
    )


def _wait(pool: ConnectionPool[Any], numbers: list[int]) -> dict[int, MessageOutcome]:
    def take(missing: list[int]) -> dict[int, MessageOutcome]:
        with pool.connection() as conn:
            return take_outcomes(conn, missing)

    if not WAITING.acquire(blocking=False):
        return {}
    try:
        return wait_for(take, numbers, patience_s=PATIENCE_S)
    finally:
        WAITING.release()
