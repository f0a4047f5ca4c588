"""What `/metrics` tells, in Prometheus' text form."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from qa.declining import OUT_OF_TIME

# Answers take milliseconds: the default buckets would put them all into the first.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """Counts of one server: replies by status, those declined for time, refused calls, seconds a reply took."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "madoguchi_requests", "Questions received, by face", ["face"], registry=self._registry
        )
        self._replies = Counter(
            "madoguchi_replies", "Replies given, by status", ["status"], registry=self._registry
        )
        self._declines = Counter("madoguchi_declines", "Questions declined", registry=self._registry)
        self._out_of_time = Counter(
            "madoguchi_out_of_time", "Questions declined because their time was up", registry=self._registry
        )
        self._refused = Counter("madoguchi_refused", "Calls refused as malformed", registry=self._registry)
        self._seconds = Histogram(
            "madoguchi_reply_seconds",
            "Seconds from question to reply",
            buckets=_BUCKETS,
            registry=self._registry,
        )

    def replied(self, face: str, status: str, seconds: float, reason: str | None = None) -> None:
        """Count one reply; `reason` is why it was declined."""
        self._requests.labels(face).inc()
        self._replies.labels(status).inc()
        if status == "declined":
            self._declines.inc()
        if reason == OUT_OF_TIME:
            self._out_of_time.inc()
        self._seconds.observe(seconds)

    def refused(self) -> None:
        """Count one malformed call."""
        self._refused.inc()

    def text(self) -> bytes:
        """Return the exposition text."""
        return generate_latest(self._registry)
