"""The firmware of one bin: measure, remember, report, sleep."""
