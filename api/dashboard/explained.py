"""Which figures stand in each part of a page, and where each is explained."""

from collections.abc import Mapping

from analytics.metrics import metrics

GUIDE = "/portaal/cijfers/uitleg"
# By the id of a part, the ids of its metrics.
PARTS: Mapping[str, tuple[str, ...]] = {
    "stand": ("bereik", "doel", "doelgroep"),
    "maanden": ("doel",),
    "doelgroep": ("doelgroep",),
    "vertegenwoordiging-sector": ("dekking", "vertegenwoordiging"),
    "vertegenwoordiging-grootte": ("dekking", "vertegenwoordiging"),
    "dekking-sector-grootte": ("dekking",),
    "sector": ("sector",),
    "grootte": ("grootte",),
    "fase": ("fase",),
    "hulpvraag": ("hulpvraag",),
    "kanaal": ("kanaal",),
    "site": ("site",),
    "plaats": ("plaats",),
    "apart": ("zzp", "gooi"),
    "evenementen": ("evenement",),
    "sector-grootte": ("sector", "grootte"),
    "fase-sector": ("fase", "sector"),
    "sector-hulpvraag": ("sector", "hulpvraag"),
    "voor-wie": ("gaten",),
    "niets-hulpvraag": ("geen_aanbod",),
    "niets-plaats": ("geen_aanbod",),
    "trechter": ("trechter", "aanvragen"),
    "afloop": ("afloop", "geholpen"),
    "doorlooptijd": ("doorlooptijd", "contact"),
    "ervaring": ("ervaring",),
    "aanvragen-initiatief": ("uitkomst_initiatief",),
    "gestopt": ("gestopt",),
    "aanbod": ("geen_aanbod",),
    "initiatieven": ("initiatieven", "doorverwijzingen"),
}


def links(part: str) -> tuple[tuple[str, str], ...]:
    """Address and name of the definition of every figure in a part; nothing for a part without figures.

    The address tells twice which one: it is opened by the page, and the browser goes to it. A browser opens nothing.
    """
    known = metrics()
    return tuple((f"{GUIDE}?cijfer={name}#{name}", known[name].naam) for name in PARTS.get(part, ()))
