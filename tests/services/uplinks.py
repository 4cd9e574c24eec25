"""What network servers send, written down from their own documentation."""

import json
from base64 import b64encode
from typing import Any

# chirpstack/chirpstack-docs, src/chirpstack/integrations/events.md, "up".
CHIRPSTACK_EXAMPLE: dict[str, Any] = {
    "deduplicationId": "3ac7e3c4-4401-4b8d-9386-a5c902f9202d",
    "time": "2022-07-18T09:34:15.775023242+00:00",
    "deviceInfo": {
        "tenantId": "52f14cd4-c6f1-4fbd-8f87-4025e1d49242",
        "tenantName": "ChirpStack",
        "applicationId": "17c82e96-be03-4f38-aef3-f83d48582d97",
        "applicationName": "Test application",
        "deviceProfileId": "14855bf7-d10d-4aee-b618-ebfcb64dc7ad",
        "deviceProfileName": "Test device-profile",
        "deviceName": "Test device",
        "devEui": "0101010101010101",
        "tags": {"key": "value"},
    },
    "devAddr": "00189440",
    "dr": 1,
    "fPort": 1,
    "data": "qg==",
    "rxInfo": [
        {
            "gatewayId": "0016c001f153a14c",
            "uplinkId": 4217106255,
            "rssi": -36,
            "snr": 10.5,
            "context": "E3OWOQ==",
            "metadata": {"region_name": "eu868", "region_common_name": "EU868"},
        }
    ],
    "txInfo": {
        "frequency": 867100000,
        "modulation": {
            "lora": {
                "bandwidth": 125000,
                "spreadingFactor": 11,
                "codeRate": "CR_4_5",
            }
        },
    },
}
# The Things Stack documentation, Data Formats, "Example uplink message".
THINGS_STACK_EXAMPLE: dict[str, Any] = {
    "end_device_ids": {
        "device_id": "dev1",
        "application_ids": {"application_id": "app1"},
        "dev_eui": "0004A30B001C0530",
        "join_eui": "800000000000000C",
        "dev_addr": "00BCB929",
    },
    "correlation_ids": ["as:up:01E0WZGT6Y7657CPFPE5WEYDSQ"],
    "received_at": "2020-02-12T15:15:46.014773143Z",
    "uplink_message": {
        "session_key_id": "AXA50tHUGUucuzS/bCGMNw==",
        "f_cnt": 1,
        "frm_payload": "gkHe",
        "decoded_payload": {"temperature": 1.0, "luminosity": 0.64},
        "rx_metadata": [
            {
                "gateway_ids": {"gateway_id": "gtw1", "eui": "9C5C8E00001A05C4"},
                "time": "2020-02-12T15:15:45.787Z",
                "timestamp": 2463457000,
                "rssi": -35,
                "channel_rssi": -35,
                "snr": 5,
                "uplink_token": "ChIKEAoEZ3R3MRIInFyOAAAaBcQQ6L3Vlgk=",
                "channel_index": 2,
            }
        ],
        "settings": {
            "data_rate": {"lora": {"bandwidth": 125000, "spreading_factor": 7}},
            "data_rate_index": 5,
            "coding_rate": "4/6",
            "frequency": "868300000",
            "timestamp": 2463457000,
            "time": "2020-02-12T15:15:45.787Z",
        },
        "received_at": "2020-02-12T15:15:45.789585559Z",
    },
}
HEARD_AT = "2026-01-05T11:59:59Z"
DEV_EUI = "A84041B7C1234567"


def chirpstack(
    frame: bytes, *, dev_eui: str = DEV_EUI, heard_at: str = HEARD_AT, **members: Any
) -> bytes:
    """Wrap a frame as ChirpStack does."""
    body = CHIRPSTACK_EXAMPLE | {"data": b64encode(frame).decode(), "time": heard_at}
    body["deviceInfo"] = CHIRPSTACK_EXAMPLE["deviceInfo"] | {"devEui": dev_eui.lower()}
    return json.dumps(body | members).encode()


def things_stack(
    frame: bytes, *, dev_eui: str = DEV_EUI, heard_at: str = HEARD_AT, **members: Any
) -> bytes:
    """Wrap a frame as The Things Stack does."""
    message = THINGS_STACK_EXAMPLE["uplink_message"] | {
        "frm_payload": b64encode(frame).decode(),
        "received_at": heard_at,
        **members,
    }
    ids = THINGS_STACK_EXAMPLE["end_device_ids"] | {"dev_eui": dev_eui}
    body = THINGS_STACK_EXAMPLE | {"end_device_ids": ids, "uplink_message": message}
    return json.dumps(body).encode()
