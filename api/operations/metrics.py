"""What Prometheus counts. No label holds an id, an address or anything that was typed, and its values are few.

docs/operations/watching.md tells of each what it means and when to be alarmed. Counters begin anew with the process.
"""

from prometheus_client import Counter, Gauge, Histogram

UNDERSTOOD, ASKED_BACK, NO_IDEA = "understood", "asked_back", "no_idea"
OPENED, BEGUN, FINISHED, REFERRED, ASKED_FOR_CONTACT = "opened", "started", "finished", "referred", "asked_for_contact"

TURNS = Counter("assistant_turns_total", "Turns by how they ended.", ["outcome"])
TURN_SECONDS = Histogram(
    "assistant_turn_seconds",
    "Time of one turn through the gateway.",
    buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
REQUESTS = Counter("assistant_requests_total", "Requests by the class of their answer.", ["status"])
STARTED = Counter(
    "assistant_conversations_started_total", "Conversations started, by site and channel.", ["site", "channel"]
)
FUNNEL = Counter("assistant_funnel_total", "How far visitors come.", ["step"])
RESULTS = Counter("assistant_results_total", "Results given, by stage.", ["stage"])
FORGOTTEN = Counter("assistant_conversations_forgotten_total", "Conversations whose time was over.")
OUTBOX = Counter("assistant_outbox_total", "Tries to send mails and webhooks, by what came of them.", ["kind", "state"])
OUTBOX_ITEMS = Gauge("assistant_outbox_items", "Mails and webhooks that are kept, by state.", ["kind", "state"])
OUTBOX_OLDEST = Gauge("assistant_outbox_oldest_seconds", "Age of the oldest that waits to be sent.", ["kind"])
RELEASE_NEWEST = Gauge("assistant_release_newest_timestamp_seconds", "Day on which the newest figures were made.")
RELEASE_REFUSED = Gauge("assistant_release_refused_timestamp_seconds", "When figures could last not be made.")
SWEEPER_RUN = Gauge("assistant_sweeper_run_timestamp_seconds", "When a sweeper last ran.", ["sweeper"])
SWEEPER_FAULT = Gauge("assistant_sweeper_fault", "1 when the last run of a sweeper ended by a fault.", ["sweeper"])
REFUSED = Counter("assistant_refused_total", "Requests refused to protect the others, by what was too much.", ["limit"])
TURNS_INSIDE = Gauge("assistant_turns_inside", "Turns that are being taken or wait for a place.")
BUILD = Gauge("assistant_build_info", "Always 1; its labels tell what runs.", ["version", "revision", "scoring"])
