"""Opening the session at the broker: the only place that knows the client library.

paho negotiates: TLS, who we are, the version, what to subscribe to. Then the connection
is taken over from it at the end of a packet (see `packets`).
"""

import logging
import select
import ssl
import time
from dataclasses import dataclass, field
from socket import socket
from typing import cast

from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from gateway.broker.packets import MAX_PAYLOAD_BYTES, Publish
from gateway.errors import BrokerError
from gateway.settings import Settings, Version
from gateway.topic import other_filters, our_filters

log = logging.getLogger(__name__)

KEEPALIVE_S = 60
HANDSHAKE_S = 15.0
QOS = 1
# What the broker keeps for us while we are away; what it loses, devices send again.
SESSION_S = 7 * 24 * 3600
# What a broker may send unacknowledged: some batches, not its memory or ours.
RECEIVE_MAXIMUM = 4000
# All that a broker lets us know about most reasons.
ENDED = "it ended the connection; its log says why, a certificate it does not know?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A subscribed connection; `early` came before the subscription was confirmed."""

    socket: socket
    version: Version
    early: list[Publish]
    client: Client = field(repr=False)  # it would close the socket with its own end


class _Handshake:
    """What paho hears until we are subscribed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.early: list[Publish] = []
        self.refusal: str | None = None
        self.is_over = False

    def on_connect(
        self,
        client: Client,
        _userdata: object,
        flags: ConnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            self.refusal = str(reason)
            return
        log.info("connected", extra={"old_session": flags.session_present})
        # Also when the session is old: the partitions may be new, where a broker takes
        # the user for the session.
        if flags.session_present:
            client.unsubscribe(other_filters(self._settings.partitions))
        client.subscribe([(each, QOS) for each in _filters(self._settings)])

    def on_subscribe(
        self,
        _client: Client,
        _userdata: object,
        _packet_id: int,
        reasons: list[ReasonCode],
        _properties: Properties | None,
    ) -> None:
        refused = [
            topic
            for topic, reason in zip(_filters(self._settings), reasons, strict=False)
            if reason.is_failure
        ]
        if refused:
            self.refusal = f"not allowed to subscribe to {', '.join(refused)}"
        self.is_over = True

    def on_message(
        self, _client: Client, _userdata: object, message: MQTTMessage
    ) -> None:
        packet_id = message.mid.to_bytes(2, "big") if message.qos else b""
        self.early.append(Publish(packet_id, message.topic, bytes(message.payload)))


def open_link(settings: Settings, version: Version) -> Link:
    """Connect and subscribe.

    Raises
    ------
    OSError
        If there is no broker, or it went away.
    BrokerError
        If it does not want us; the text says what to change.
    """
    handshake = _Handshake(settings)
    client = _make_client(settings, version)
    client.on_connect = handshake.on_connect
    client.on_subscribe = handshake.on_subscribe
    client.on_message = handshake.on_message
    try:
        _connect(client, settings, version)
    except ssl.SSLCertVerificationError as error:
        raise _explain(error, settings) from error
    give_up_s = time.monotonic() + HANDSHAKE_S
    while not handshake.is_over:
        _turn(client, give_up_s)
        if handshake.refusal is not None:
            raise BrokerError(
                f"{handshake.refusal}; see ULLAGE_MQTT_USER, ULLAGE_MQTT_PASSWORD, "
                "ULLAGE_MQTT_CERTIFICATE and the broker's access list"
            )
    connection = client.socket()
    if connection is None:
        raise BrokerError(ENDED)
    return Link(
        socket=cast("socket", connection),
        version=version,
        early=handshake.early,
        client=client,
    )


def _make_client(settings: Settings, version: Version) -> Client:
    is_5 = version == "5"
    client = Client(
        CallbackAPIVersion.VERSION2,
        client_id=settings.client_id,
        clean_session=None if is_5 else False,
        protocol=MQTTProtocolVersion.MQTTv5 if is_5 else MQTTProtocolVersion.MQTTv311,
        manual_ack=True,
    )
    if settings.mqtt_user is not None:
        client.username_pw_set(settings.mqtt_user, settings.mqtt_password)
    if settings.mqtt_ca is not None:
        client.tls_set(
            ca_certs=settings.mqtt_ca,
            certfile=settings.mqtt_certificate,
            keyfile=settings.mqtt_key,
            tls_version=ssl.PROTOCOL_TLS_CLIENT,
        )
    return client


def _connect(client: Client, settings: Settings, version: Version) -> None:
    address = (settings.mqtt_host, settings.mqtt_port, KEEPALIVE_S)
    if version == "5":
        wishes = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        wishes.SessionExpiryInterval = SESSION_S
        wishes.ReceiveMaximum = RECEIVE_MAXIMUM
        wishes.MaximumPacketSize = 2 * MAX_PAYLOAD_BYTES
        client.connect(*address, clean_start=False, properties=wishes)
    else:
        client.connect(*address)


def _explain(error: ssl.SSLCertVerificationError, settings: Settings) -> BrokerError:
    return BrokerError(
        f"{settings.mqtt_ca} (ULLAGE_MQTT_CA) does not certify that it is "
        f"{settings.mqtt_host} (ULLAGE_MQTT_HOST): {error.verify_message}"
    )


def _turn(client: Client, give_up_s: float) -> None:
    """Let paho send, and read one packet: after it nothing of the next is read yet."""
    connection = client.socket()
    left_s = give_up_s - time.monotonic()
    if connection is None:
        raise BrokerError(ENDED)
    if left_s <= 0:
        raise BrokerError("it does not answer as an MQTT broker does")
    if client.want_write():
        client.loop_write()
    has_more = isinstance(connection, ssl.SSLSocket) and connection.pending()
    if not has_more and not select.select([connection], [], [], left_s)[0]:
        return
    code = client.loop_read()
    if code not in (MQTTErrorCode.MQTT_ERR_SUCCESS, MQTTErrorCode.MQTT_ERR_AGAIN):
        raise BrokerError(f"{ENDED} ({code.name})")


def _filters(settings: Settings) -> list[str]:
    return [*our_filters(settings.partitions), *settings.uplink_topics]
