"""What was decided when figures were made, in words."""

from analytics.dimensions import dimensions
from analytics.figures import Release
from api.dashboard.words import number, period
from api.figures.words import title
from knowledge.base import Knowledge


def decisions(knowledge: Knowledge, release: Release) -> list[str]:
    """Sentences about a release. Why a table is not there is not among them: that tells of who is in it."""
    known = dimensions(knowledge)
    shown, gone = len(release.tables), len(release.decisions["vervallen"])
    found = [
        f"Gemaakt op {knowledge.texts.day(release.made_on)}.",
        f"{number(shown)} {'tabel is' if shown == 1 else 'tabellen zijn'} gepubliceerd, {number(gone)} niet.",
        f"Aantallen onder {release.threshold} zijn verborgen. Andere zijn afgerond op veelvouden van {release.base}.",
    ]
    merged = [title(release.tables[name], known) for name in release.decisions["grover"] if name in release.tables]
    if merged:
        found.append(f"Grover gemaakt, zodat niemand te herkennen is: {', '.join(dict.fromkeys(merged))}.")
    check = release.decisions["controle"]
    least = f", en is overal minstens {check['smalste']} verschil" if check["smalste"] is not None else ""
    found.append(f"Nagerekend: {number(check['cellen'])} verborgen aantallen. Niemand kan ze precies afleiden{least}.")
    if release.decisions["telt_niet"]:
        found.append(f"Telt niet mee: {', '.join(release.decisions['telt_niet'])}.")
    if release.synthetic:
        found.append("Hier zitten verzonnen gegevens in. Laat ze niet als echte cijfers zien.")
    tables = sorted(
        f"{title(table, known)} ({period(knowledge.texts, table.scope, release.month)})"
        for table in release.tables.values()
    )
    if tables:
        found.append(f"Gepubliceerd: {'; '.join(tables)}.")
    return found
