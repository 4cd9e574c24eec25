"""The Things Stack v3: an uplink message, as JSON, from MQTT or from its webhook.

Source: The Things Stack documentation, "Data Formats" (Application Uplink Messages) and
"MQTT Server" (topic `v3/<application>@<tenant>/devices/<device>/up`).

The frame is dated by the network server's clock: that of the antenna (`settings.time`)
is missing or wrong where the antenna has no satellite in view.
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
MARK = "end_device_ids"
MESSAGE = "uplink_message"


def unwrap(body: JsonObject) -> Uplink:
    """Take the frame out of an uplink message."""
    device = read_dev_eui(as_object(body[MARK], MARK), "dev_eui")
    message = as_object(body.get(MESSAGE), MESSAGE)
    decoded = message.get("decoded_payload")
    return Uplink(
        device=device,
        payload=read_base64(message, "frm_payload"),
        f_port=read_integer(message, "f_port"),
        decoded=None if decoded is None else as_object(decoded, "decoded_payload"),
        heard_at=read_time(message, "received_at") or read_time(body, "received_at"),
    )
