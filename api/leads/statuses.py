"""Where a lead stands, and what an owner may say of it."""

ASKED = "aangevraagd"
DELIVERED, SEEN, TAKEN_UP, CONTACT, STARTED = "afgeleverd", "gezien", "opgepakt", "contact", "gestart"
FINISHED, UNFIT, NO_ANSWER, NO_ROOM = "afgerond", "niet_passend", "geen_gehoor", "geen_plek"
WITHDRAWN, EXPIRED = "ingetrokken", "verlopen"

LABELS = {
    ASKED: "Nog niet bevestigd",
    DELIVERED: "Nieuw",
    SEEN: "Gelezen",
    TAKEN_UP: "Opgepakt",
    CONTACT: "Contact gehad",
    STARTED: "Gestart",
    FINISHED: "Afgerond",
    UNFIT: "Past niet",
    NO_ANSWER: "Geen gehoor",
    NO_ROOM: "Geen plek",
    WITHDRAWN: "Ingetrokken",
    EXPIRED: "Verlopen",
}
WITH_OWNER = (DELIVERED, SEEN, TAKEN_UP, CONTACT, STARTED)  # open: the owner has something to do
CLOSED = (FINISHED, UNFIT, NO_ANSWER, NO_ROOM, WITHDRAWN, EXPIRED)
# What an owner may choose, from where. An owner may skip steps; a lead that was closed by mistake can be opened again.
STEPS = (TAKEN_UP, CONTACT, STARTED, FINISHED)
REFUSALS = (UNFIT, NO_ANSWER, NO_ROOM)
CLOSED_BY_OWNER = (FINISHED, *REFUSALS)


def choices(status: str) -> tuple[str, ...]:
    """What an owner may make of a lead that stands at `status`; nothing once it was withdrawn or expired."""
    if status in (DELIVERED, SEEN):
        return (*STEPS, *REFUSALS)
    if status in STEPS[:-1]:
        return (*STEPS[STEPS.index(status) + 1 :], *REFUSALS)
    if status in CLOSED_BY_OWNER:
        return (TAKEN_UP,)
    return ()
