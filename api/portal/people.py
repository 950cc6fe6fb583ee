"""Who can be invited: what is checked about a person, on the page and in the command."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from api.mail import email_address

EVENT_STAFF, OWNER, WORKING_GROUP, COORDINATOR = "evenement", "eigenaar", "werkgroep", "coordinator"
ROLES = {
    EVENT_STAFF: "Evenementen",
    OWNER: "Eigenaar van een initiatief",
    WORKING_GROUP: "Werkgroep",
    COORDINATOR: "Coördinator (nodigt ook mensen uit)",
}
EVENT_ORGANISERS = (EVENT_STAFF, WORKING_GROUP, COORDINATOR)  # who may see and make events
FIGURE_READERS = (WORKING_GROUP, COORDINATOR)  # who may read the figures of the region
LONGEST_NAME = 120
EMAIL_FAULT = "Vul een mailadres in, zoals naam@voorbeeld.nl."


@dataclass(frozen=True)
class Invitation:
    """A person to invite; everything was checked. Only an owner has initiatives, and at least one."""

    email: str
    name: str
    role: str
    initiatives: frozenset[str] = frozenset()


class InvitationFaults(Exception):
    """What is wrong, per field, in Dutch."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Take the faults by the name of their field: naam, email, rol or initiatief."""
        self.faults = dict(faults)
        super().__init__("; ".join(faults.values()))


def invitation(
    email: str, name: str, role: str, initiatives: Iterable[str] = (), *, known: Collection[str] = ()
) -> Invitation:
    """An invitation from what somebody typed; `known` are the ids of all initiatives. Raises InvitationFaults."""
    address, trimmed = email_address(email), " ".join(name.split())
    faults = {}
    if not 0 < len(trimmed) <= LONGEST_NAME or not trimmed.isprintable():
        faults["naam"] = f"Vul een naam in, van hoogstens {LONGEST_NAME} tekens."
    if address is None:
        faults["email"] = EMAIL_FAULT
    if role not in ROLES:
        faults["rol"] = "Kies een rol."
    chosen = frozenset(initiatives)
    if role == OWNER and not chosen:
        faults["initiatief"] = "Kies bij de rol eigenaar minstens één initiatief."
    elif role != OWNER and chosen:
        faults["initiatief"] = "Een initiatief hoort alleen bij de rol eigenaar. Kies die rol, of geen initiatief."
    elif not chosen <= set(known):
        faults["initiatief"] = "Dit initiatief kennen we niet."
    if address is None or faults:
        raise InvitationFaults(faults)
    return Invitation(address, trimmed, role, chosen)
