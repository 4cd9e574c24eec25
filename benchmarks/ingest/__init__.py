"""How fast readings come in whole, beside what the database itself can do."""

from benchmarks.ingest.bench import main

__all__ = ["main"]
