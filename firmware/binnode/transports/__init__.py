"""The ways to a gateway: Wi-Fi, LTE-M, or ESP-NOW to a relay."""
