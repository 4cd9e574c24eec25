"""ChirpStack v4: the event `up`, as JSON, from MQTT or from its HTTP integration.

Source: chirpstack/chirpstack-docs, src/chirpstack/integrations/events.md and mqtt.md
(topic `application/<application>/device/<DevEUI>/event/up`).
"""

from gateway.foreign.envelopes.lorawan import read_dev_eui
from gateway.foreign.uplink import Uplink
from gateway.wire.json_object import (
    JsonObject,
    as_object,
    read_base64,
    read_integer,
    read_time,
)

#: the member by which such a message is known
MARK = "deviceInfo"


def unwrap(body: JsonObject) -> Uplink:
    """Take the frame out of an uplink event."""
    decoded = body.get("object")
    return Uplink(
        device=read_dev_eui(as_object(body[MARK], MARK), "devEui"),
        payload=read_base64(body, "data"),
        f_port=read_integer(body, "fPort"),
        decoded=None if decoded is None else as_object(decoded, "object"),
        heard_at=read_time(body, "time"),
    )
