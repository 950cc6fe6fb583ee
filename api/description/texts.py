"""What the description says of the interface as a whole, for who is going to use it."""

PUBLISHER = "Werkgroep digitalisering mkb, regio Utrecht"
# Which licence the figures and the catalogue get is for the owner of the data to decide. Until then this value of the
# national list says so.
LICENCE_NOT_CHOSEN = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"
RIGHTS = "De licentie is nog niet gekozen. De eigenaar van de gegevens, de werkgroep, beslist daarover."
INTRODUCTION = """\
Met deze interface voer je gesprekken met de digitale hulp voor ondernemers in de regio Utrecht. Je leest er ook welke
initiatieven er zijn, en de cijfers die voor iedereen zijn.

Alles is JSON in UTF-8, tenzij er iets anders staat. Tijden zijn in UTC. Elke fout heeft dezelfde vorm:
application/problem+json (RFC 9457), in het Nederlands en zonder wat jij stuurde. Krijg je 429 of 503, wacht dan het
aantal seconden van Retry-After. Werkt een onderdeel niet, dan kan elk adres 503 geven. Komt een bericht te langzaam
binnen, dan krijg je 408.

Geef je een Idempotency-Key mee, dan telt een herhaald verzoek één keer. Elk antwoord heeft een API-Version. Verandert
er iets, dan staat dat bij de wijzigingen. Iets wat verdwijnt, werkt nog minstens zes maanden. Tot dan geeft het de
headers Deprecation (RFC 9745) en Sunset (RFC 8594).
"""

TAGS = {
    "Gesprekken": "Een gesprek beginnen en voeren, en de uitslag lezen.",
    "Widget": "Wat de widget op een website laat zien.",
    "Sites": "Wat een website van zichzelf moet weten.",
    "Initiatieven": "De initiatieven die kleine bedrijven helpen om digitaal te werken.",
    "Lijsten": "Vragen, gemeenten en sectoren, om codes als woorden te laten zien.",
    "Evenementen": "Voor apparaten van medewerkers op een evenement.",
    "Intakes": "Een hele scan in één keer doorgeven.",
    "Contact": "Namens een ondernemer om contact vragen.",
    "Cijfers": "De cijfers die voor iedereen zijn.",
    "Aanvragen": "Een aanvraag om contact lezen, met software van de eigenaar van een initiatief.",
}
