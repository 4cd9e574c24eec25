"""How well fills are foreseen: real glass banks by the hour, street bins by the day."""

#
