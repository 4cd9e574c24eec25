"""What a gateway counts of itself."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from gateway.storing.store import Stored

WAITS_S = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 30)


class Metrics:
    """Counters, as Prometheus reads them; names end in their unit."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.is_connected = False
        self.is_reaching_database = False
        self.is_storing = True
        self.connects = self._counter("connects", "sessions opened at the broker")
        self.messages = self._counter("messages", "messages received")
        self._readings = self._counter("readings", "readings stored")
        self._repeated = self._counter("repeated", "readings that were stored before")
        self._refused = self._counter("refused", "readings beyond a hole, asked again")
        self._rejected = self._counter("rejected", "messages and records set aside")
        self._failures = self._counter("failures", "batches that could not be stored")
        self._wait_s = Histogram(
            "ullage_gateway_wait_seconds",
            "from the arrival of a batch's first message to its commit",
            buckets=WAITS_S,
            registry=self.registry,
        )
        connected = Gauge(
            "ullage_gateway_connected",
            "1 while subscribed at the broker",
            registry=self.registry,
        )
        connected.set_function(lambda: float(self.is_connected))
        self.held_bytes = Gauge(
            "ullage_gateway_held_bytes",
            "memory of messages that are not stored yet",
            registry=self.registry,
        )

    @property
    def is_serving(self) -> bool:
        """Tell whether devices are heard and what they say is stored."""
        return self.is_connected and self.is_reaching_database and self.is_storing

    def _counter(self, name: str, what: str) -> Counter:
        return Counter(f"ullage_gateway_{name}", what, registry=self.registry)

    def note(self, stored: Stored, waited_s: float) -> None:
        """Count a batch that was stored."""
        self.is_storing = True
        self._readings.inc(stored.rows)
        self._repeated.inc(stored.repeated)
        self._refused.inc(stored.refused)
        self._rejected.inc(stored.rejected)
        self._wait_s.observe(waited_s)

    def note_failure(self) -> None:
        """Count a batch that could not be stored."""
        self.is_storing = False
        self._failures.inc()
