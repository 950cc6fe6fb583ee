"""Who can be invited: what is checked about a person, on the page and in the command."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.mail import email_address

EVENT_STAFF, WORKING_GROUP, COORDINATOR = "evenement", "werkgroep", "coordinator"
ROLES = {
    EVENT_STAFF: "Evenementen",
    WORKING_GROUP: "Werkgroep",
    COORDINATOR: "Coördinator (nodigt ook mensen uit)",
}
FIGURE_READERS = (WORKING_GROUP, COORDINATOR)  # who may read the figures of the region
LONGEST_NAME = 120
EMAIL_FAULT = "Vul een mailadres in, zoals naam@voorbeeld.nl."


@dataclass(frozen=True)
class Invitation:
    """A person to invite; everything was checked."""

    email: str
    name: str
    role: str


class InvitationFaults(Exception):
    """What is wrong, per field, in Dutch."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Take the faults by the name of their field: naam, email or rol."""
        self.faults = dict(faults)
        super().__init__("; ".join(faults.values()))


def invitation(email: str, name: str, role: str) -> Invitation:
    """An invitation from what somebody typed. Raises InvitationFaults."""
    address, trimmed = email_address(email), " ".join(name.split())
    faults = {}
    if not 0 < len(trimmed) <= LONGEST_NAME or not trimmed.isprintable():
        faults["naam"] = f"Vul een naam in, van hoogstens {LONGEST_NAME} tekens."
    if address is None:
        faults["email"] = EMAIL_FAULT
    if role not in ROLES:
        faults["rol"] = "Kies een rol."
    if address is None or faults:
        raise InvitationFaults(faults)
    return Invitation(address, trimmed, role)
