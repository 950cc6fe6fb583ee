"""What came of leads, as the anonymous store has it: the steps of a lead, and the classes that they are told in.

Each step is a record of its own, and nothing links it to the lead or to another step of it. So how many leads took a
step can be counted, and which lead did cannot be found.
"""

from collections.abc import Mapping

# The steps. Each lead takes each at most once: it comes to its owner, the owner says that there was contact, it is
# closed, and the entrepreneur says whether it helped.
REQUESTED, CONTACT, CLOSED, EXPERIENCE = "aangevraagd", "contact", "afgesloten", "ervaring"

HELPED = "geholpen"
# What came of a lead that was closed.
ENDS: Mapping[str, str] = {
    HELPED: "Geholpen: een stap verder",
    "niet_verder": "Afgerond, geen stap verder",
    "niet_passend": "Paste niet",
    "geen_gehoor": "Geen gehoor",
    "geen_plek": "Geen plek",
    "ingetrokken": "Ingetrokken",
    "verlopen": "Verlopen",
}
# What the entrepreneur answers after 30 days to the one question: "Ben je geholpen?"
EXPERIENCES: Mapping[str, str] = {
    HELPED: "Ja",
    "nog_bezig": "Nog niet, we zijn bezig",
    "niet_geholpen": "Nee",
}
# Working days from the day on which the lead came to its owner until contact.
LEAD_TIMES: Mapping[str, str] = {
    "0-2": "Binnen 2 werkdagen",
    "3-5": "Na 3 tot en met 5 werkdagen",
    "6-10": "Na 6 tot en met 10 werkdagen",
    "11+": "Na meer dan 10 werkdagen",
}
_UP_TO = {2: "0-2", 5: "3-5", 10: "6-10"}
OUTCOMES_OF: Mapping[str, Mapping[str, str]] = {REQUESTED: {}, CONTACT: {}, CLOSED: ENDS, EXPERIENCE: EXPERIENCES}


def lead_time_class(working_days: int) -> str:
    """The class of a number of working days from arrival until contact. Raises ValueError below 0."""
    if working_days < 0:
        raise ValueError(f"contact before the lead came: {working_days}")
    return next((name for most, name in _UP_TO.items() if working_days <= most), "11+")
