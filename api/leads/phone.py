"""Telephone numbers: what is one, and the patterns by which a device without a connection knows one too."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat

HOME = "NL"
# Countries of which a device knows every number. Of others it knows the lengths and beginnings: enough to see a slip.
NEARBY = (
    *("NL", "BE", "LU", "DE", "FR", "GB", "IE", "DK", "SE", "NO", "AT", "CH", "ES", "PT", "IT", "GR", "CY"),
    *("PL", "CZ", "SK", "HU", "RO", "BG", "HR", "UA", "TR", "MA", "SR", "CW", "AW"),
)
_WRITTEN = re.compile(r"\(?\+?[0-9\s().\-/]+")  # no letters: those would be a name, or an extension that gets lost
_KINDS = (
    *("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager"),
    *("uan", "voicemail"),
)


def phone_number(typed: str) -> str | None:
    """A number in the form +31612345678; None for what is no number."""
    written = typed.strip()
    if not _WRITTEN.fullmatch(written):
        return None
    digits = re.sub(r"[^0-9]", "", written)
    try:
        number = phonenumbers.parse(f"+{digits}" if "+" in written else digits, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def number_patterns() -> dict[str, str]:
    """Per calling code, as "31", the pattern of the numbers behind it; every number of `phone_number` fits one."""
    exact = {phonenumbers.country_code_for_region(region) for region in NEARBY}
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    return {str(code): "|".join(dict.fromkeys(_patterns(code, exact=code in exact))) for code in sorted(regions)}


def _patterns(code: int, *, exact: bool) -> Iterator[str]:
    kinds = _KINDS if exact else ("general_desc",)
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]:
        metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        known = (getattr(metadata, kind) for kind in kinds)
        yield from (one.national_number_pattern for one in known if one and one.national_number_pattern)
