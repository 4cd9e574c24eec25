"""Figures of the firmware, each by a module of its name here."""
