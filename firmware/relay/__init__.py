"""The firmware of a relay: ESP-NOW from bins on one side, MQTT on the other."""
