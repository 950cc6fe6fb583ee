"""What the coordinator reads of the work that goes by itself."""

SWEEPERS = {
    "_ConversationSweeper.sweep": "Gesprekken wissen",
    "Events.sweep": "Apparaten van evenementen afmelden",
    "Summaries.sweep": "Samenvattingen van evenementen maken",
    "GivenIntakes.sweep": "Antwoorden op intakes wissen",
    "StagedImports.sweep": "Ingelezen bestanden wissen",
    "Attempts.sweep": "Tellingen tegen misbruik wissen",
    "PortalRepository.sweep": "Logins en ingetrokken accounts wissen",
    "PasskeyRepository.sweep": "Vragen om een passkey wissen",
    "IdentityRepository.sweep": "Logins die onderweg zijn wissen",
    "Mailer.sweep": "Mails in de map wissen",
    "Keeper.sweep": "Aanvragen afronden en wissen",
    "Deadlines.sweep": "Aanvragen die wachten: herinneren en melden",
    "Outbox.sweep": "Verstuurde berichten wissen",
    "OwnerData.sweep": "Eigenaren vragen of hun gegevens kloppen",
    "Questionnaires.sweep": "Eigenaren de jaarlijkse vragenlijst sturen",
    "Releases.sweep": "Cijfers van de maand maken",
    "ReportSchedule.sweep": "Het rapport maken",
}
TEMPLATES = {
    "bevestigen": "Ondernemer: bevestig je aanvraag",
    "ontvangstbewijs": "Ondernemer: ontvangstbewijs",
    "ingetrokken": "Ondernemer: je aanvraag is ingetrokken",
    "alternatief": "Ondernemer: een andere weg",
    "ervaring": "Ondernemer: hoe ging het?",
    "nieuwe-aanvraag": "Eigenaar: nieuwe aanvraag",
    "herinnering": "Eigenaar: herinnering",
    "aanvraag-ingetrokken": "Eigenaar: aanvraag ingetrokken",
    "aanvraag-verlopen": "Eigenaar: aanvraag verlopen",
    "gegevens-controle": "Eigenaar: kloppen je gegevens nog?",
    "vragenlijst": "Eigenaar: de jaarlijkse vragenlijst",
    "koppeling-uit": "Eigenaar: koppeling staat uit",
    "escalatie": "Coördinator: aanvraag wacht te lang",
    "geen-eigenaar": "Coördinator: initiatief zonder eigenaar",
    "initiatief-gestopt": "Coördinator: initiatief gestopt",
    "afleveren-mislukt": "Coördinator: versturen is niet gelukt",
    "lead.created": "Koppeling: nieuwe aanvraag",
    "lead.withdrawn": "Koppeling: aanvraag ingetrokken",
    "webhook.test": "Koppeling: proef",
}
KINDS = {"mail": "Mail", "webhook": "Koppeling"}
STATES = {"wacht": "Wacht", "verstuurd": "Verstuurd", "opgegeven": "Opgegeven", "vervallen": "Vervallen"}
