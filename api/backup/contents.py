"""What is in a copy.

A copy may lie somewhere for years, and nobody can take a name out of it. So a copy holds no contact data unless it is
asked for, and then it has to be thrown away soon (docs/operations/copies.md says when).
"""

# What copies.md tells operators, for the documents that tell people of copies; a test lays the two side by side.
SHORT_DAYS, EXAMPLE_DAYS = 30, 14  # how long a copy with contact data may be kept, and how long the example keeps it

# Never: who is logged in and what is under way. It would let people in again who have logged out.
OF_THE_MOMENT = (
    "attempt",
    "event_staff",
    "identity_request",
    "login_link",
    "passkey_challenge",
    "portal_session",
)
# Not in a copy to keep: what is promised to be gone within hours, days or a year. Keys of leads come first of all: a
# lead without its key is noise, and a keyed hash by which an address could be looked up, so it stays away too. The
# outbox holds addresses, and mails of long ago must not be sent again.
KEPT_SHORT = (
    "lead_key",
    "lead",
    "lead_link",
    "outbox_item",
    "conversation",
    "given_answer",
    "given_intake",
    "staged_import",
)


def left_out(*, with_keys: bool) -> frozenset[str]:
    """The tables whose rows are not in a copy."""
    return frozenset(OF_THE_MOMENT if with_keys else OF_THE_MOMENT + KEPT_SHORT)
