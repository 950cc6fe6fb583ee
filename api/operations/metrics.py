"""What Prometheus counts. No label holds an id, an address or anything that was typed."""

from prometheus_client import Counter, Gauge, Histogram

TURNS = Counter("assistant_turns_total", "Turns by how they ended.", ["outcome"])
TURN_SECONDS = Histogram(
    "assistant_turn_seconds",
    "Time of one turn through the gateway.",
    buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
STARTED = Counter(
    "assistant_conversations_started_total", "Conversations started, by site and channel.", ["site", "channel"]
)
RESULTS = Counter("assistant_results_total", "Results given, by stage.", ["stage"])
FORGOTTEN = Counter("assistant_conversations_forgotten_total", "Conversations whose time was over.")
OUTBOX = Counter("assistant_outbox_total", "Tries to send mails and webhooks, by what came of them.", ["kind", "state"])
OUTBOX_WAITING = Gauge("assistant_outbox_waiting", "Mails and webhooks that wait to be sent.", ["kind"])
OUTBOX_OLDEST = Gauge("assistant_outbox_oldest_seconds", "Age of the oldest that waits to be sent.", ["kind"])
REFUSED = Counter("assistant_refused_total", "Requests refused to protect the others, by what was too much.", ["limit"])
TURNS_INSIDE = Gauge("assistant_turns_inside", "Turns that are being taken or wait for a place.")
