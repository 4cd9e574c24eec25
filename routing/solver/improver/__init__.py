"""The improver in Python: what the engine is given, and how it is driven."""
