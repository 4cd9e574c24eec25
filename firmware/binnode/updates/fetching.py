"""The part of an update that needs the broker: ask for chunks, tell the outcome.

How far a file got is its length in the slot, so power may go at any time.
"""

import gc

from micropython import const

import binnode
from binnode import files
from binnode.deadline import Deadline
from binnode.mqtt import Client
from binnode.topics import topic
from binnode.updates import identity, manifest, messages, slots
from binnode.updates.messages import Offer, Outcome

_REPLY_MS = const(3_000)
# Ask for this much at a time. The gateway answers in messages that fit the client.
_REQUEST_BYTES = const(3072)
# A whole version takes about four sessions. More at once would last longer than a
# report may, and a battery that is nearly empty would notice.
_SESSION_BYTES = const(18_432)
_MANIFEST_BYTES_MAX = const(12_288)


def advance(
    client: Client, device: str, offered: bytes | None, deadline: Deadline
) -> bool:
    """Go on with what is offered; tell whether something is complete.

    A version on trial is confirmed here. The wake before had a report acknowledged, or
    there were no wake for updates, and now this one has come as far.
    """
    if binnode.is_trial:
        _confirm()
    offer = messages.decode_offer(offered or b"")
    if offered is None or offer is None:
        return False
    outcome = _find_outcome(offer, offered)
    if outcome is not None:
        events = topic(device, "events")
        client.publish(events, messages.encode_outcome(offer, outcome))
        return False
    if files.read(slots.there("offer")) != offered:
        slots.begin(offered)
    return _Fetch(client, device, offer, deadline).run()


def _confirm() -> None:
    """Keep the version that runs; with the floor first, power may go in between."""
    identity.raise_floor(manifest.read_version(slots.here("manifest")))
    slots.point(binnode.slot)
    binnode.is_trial = False


def _find_outcome(offer: Offer, offered: bytes) -> Outcome | None:
    """Tell what became of an offer; None: it is under way.

    Told in every session until the offer is taken back: then it has been heard.
    """
    if offer.version == manifest.read_version(slots.here("manifest")):
        return Outcome(messages.CONFIRMED, "")
    floor = identity.read_floor()
    if offer.version <= floor:
        reason = f"version {offer.version} is not newer than {floor}"
        return Outcome(messages.REFUSED, reason)
    is_tried = offer.version == manifest.read_version(slots.there("manifest"))
    if is_tried and slots.read_pointer().endswith("!"):
        return Outcome(messages.ROLLED_BACK, "it did not run, or could not report")
    if files.read(slots.there("offer")) == offered:
        reason = files.read(slots.there("refused")).decode()
        if reason:
            return Outcome(messages.REFUSED, reason)
    if offer.manifest_bytes > _MANIFEST_BYTES_MAX:
        return Outcome(messages.REFUSED, "the manifest is too large")
    return None


class _Fetch:
    """What is fetched in one session."""

    def __init__(
        self, client: Client, device: str, offer: Offer, deadline: Deadline
    ) -> None:
        self._client = client
        self._events = topic(device, "events")
        self._update = topic(device, "update")
        self._offer = offer
        self._deadline = deadline
        self._left_bytes = _SESSION_BYTES

    def run(self) -> bool:
        """Fetch the manifest, or once that was checked as much as may be of its files.

        Tell whether it is complete, or else they are.
        """
        if slots.measure(slots.there("manifest")) >= 0:
            return True
        checked = slots.there("manifest.new")
        size = self._offer.manifest_bytes
        if slots.measure(checked) < 0:
            return self._complete(slots.there("manifest.part"), size, 0)
        begin = size
        for file in manifest.read_files(checked):
            if not self._complete(slots.there(file.name), file.size, begin):
                return False
            begin += file.size
        return True

    def _complete(self, path: str, size: int, begin: int) -> bool:
        """Bring a file to its size; `begin` is where it begins in the image."""
        have = max(0, slots.measure(path))
        while have < size:
            wanted = min(size - have, _REQUEST_BYTES)
            if wanted > self._left_bytes or self._deadline.left_ms() < _REPLY_MS:
                return False
            self._left_bytes -= wanted
            if not self._get(path, begin + have, wanted):
                return False
            have += wanted
        return True

    def _get(self, path: str, at: int, wanted: int) -> bool:
        gc.collect()  # the parts that come must not find scattered room
        request = messages.encode_request(self._offer, at, wanted)
        self._client.publish(self._events, request)
        while wanted > 0:
            message = self._client.receive(self._update, _REPLY_MS)
            if message is None:
                return False
            chunk = messages.read_chunk(message.payload, self._offer, at)
            if not 0 < len(chunk) <= wanted:
                continue
            slots.append(path, chunk)
            at += len(chunk)
            wanted -= len(chunk)
        return True
