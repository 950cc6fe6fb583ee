"""The words with which people say how many work in their firm, as patterns for knowledge/headcount.py."""

import re

SELF = r"(?:ik(?:ke|zelf)?|mezelf|mijzelf|mij|ondergetekende)"
MY = r"(?:mijn|mn|m'n|me|m|ons|onze)"
FAMILY = (
    r"(?:vrouw|man|echtgeno(?:ot|te)|partner|vriend(?:in)?|wederhelft|vrouwtje|zoon|dochter|broer(?:tje)?|"
    r"zus(?:je)?|zuster|vader|pa|moeder|ma|opa|oma|oom|tante|neef|nicht|zwager|schoonzus|schoonzoon|schoondochter|"
    r"schoonvader|schoonmoeder|"
    r"compagnon|maat|collega|zakenpartner|vennoot|kompaan)"
)
CHILDREN = (
    r"(?:zonen|zoons|dochters|broers|broertjes|zussen|zusjes|kinderen|ouders|neven|nichten|maten|collega's|collegas|"
    r"compagnons)"
)
EMPLOYEE = (
    r"(?:werknemers?|medewerkers?|mdws?|mederwerkers?|personeelsleden|personeelslid|personeel|in dienst|"
    r"op de loonlijst|in loondienst|krachten|kracht|parttimers?|fulltimers?|oproepkracht(?:en)?|oproepers?|"
    r"vaste(?! klant)|vast|oproep|knechten|knecht|leerlingen|leerling|stagiaires?|stagiairs?|bbl'?ers?"
    r"|(?:zaterdag|weekend|winkel|afwas|keuken|vakantie)hulp(?:en|je|jes)?|monteurs?|jongens|meiden|gasten|dames|"
    r"chauffeurs?|hulpjes?|verkoopsters?|bezorgers?)"
)
PEOPLE = (
    r"(?:man|mannen|mensen|personen|persoon|pers|vrouw|koppen|kop|zielen|werkzame personen|wp|eigenaren|vennoten|"
    r"partners|maten|leden|collega's|collegas|professionals|zzp'?ers|specialisten|kappers|artsen)"
)
# Nouns after a number that make it something else than people.
NOT_PEOPLE = (
    r"(?:jaar|jaren|jr|maand|maanden|weken|week|dagen|dag|uur|uren|u|euro|eur|ton|mille|miljoen|miljard|procent|"
    r"km|kilometer|meter|m2|vierkante|vestigingen|winkels|winkel|filialen|locaties|zaken|zaak|(?:vestiging"
    r"|filiaal|locatie)(?! \w+ \d)|cijfers|bedrijven|"
    r"salons?|kantoren|hallen|afdelingen|teams|ploegen|restaurants?|praktijken|fabrieken|garages|studio's"
    r"|shifts|diensten|"
    r"heftrucks?|opleggers|trailers|scooters|containers|computers|printers|paarden|honden|"
    r"auto's|autos|\w*bus(?:sen|jes?)?|\w*wagens|trucks|machines|stoelen|tafels|kamers|koeien|"
    r"klanten|clienten|bewoners|couverts?|plekken|kindplaatsen|adressen|orders|pakketjes|abonnees|volgers|gebruikers|"
    r"handen|schapen|kippen|talen|patienten|cursisten|deelnemers|studenten|bezoekers|leden|gasten per"
    r"|generaties?|keer|x|"
    r"\w*winkeltjes?|zaakjes?|kantoortjes?|salonnetjes?|pandjes?|firma'?s|ondernemers|huurders|procenten|projecten|huizen|woningen|panden|kinderen)"
)
# These are people of the firm in small numbers, and its customers in large ones: "25 leerlingen".
PUPILS = re.compile(r"(?:\w+ )?(?:leerlingen|gasten)\b")
MANY_PUPILS = 15
COLLECTIVE = {
    "eentje": 1, "tweeen": 2, "tweetjes": 2, "twee": 2, "drieen": 3, "drieje": 3, "drietjes": 3, "drie": 3, "vieren": 4,
    "viere": 4, "viertjes": 4, "vier": 4, "vijven": 5, "vijve": 5, "vieve": 5, "vieven": 5, "vijfjes": 5, "vijf": 5,
    "zessen": 6, "zesse": 6, "zesjes": 6, "zes": 6, "zevenen": 7, "zeventjes": 7, "zeven": 7, "achten": 8, "acht": 8,
    "negenen": 9, "negen": 9, "tienen": 10, "tien": 10, "elven": 11, "elf": 11, "twaalven": 12, "twaalf": 12,
    # Frisian and Low Saxon
    "twaen": 2, "beiden": 2, "beide": 2, "trijen": 3, "fjouweren": 4, "fiven": 5, "seizen": 6, "sawnen": 7,
    "dreeen": 3, "zeuvenen": 7, "zeuven": 7, "njoggenen": 9, "tsienen": 10,
}  # fmt: skip
TOGETHER = re.compile(
    r"\b(?:met|mit|mee|mt)\s+(?:z'?n|zijn|zien|zun(?:ne)?|ze|me|m'n|mijn|ons|onze|zen|sn"
    r"|de)\s+(?:all?en\s+)?(\w+)\b(?:\s+(?:en|plus)\b)?"
)
TOGETHER_IN_DIGITS = re.compile(r"(?<=\bmet )((?:z'?n|zijn|ze|ons) \d+)en?\b")
# "Mijn zoons van 19 en 23": these count years.
AGES = re.compile(rf"\b({FAMILY}|{CHILDREN}|jongens|meiden|knul|meisje) van \d+(?:(?:,| en) \d+)*(?! man\b)")
ALONE = re.compile(
    r"\b(?:zzp'?e?r?|z\.z\.p\.?|freelanc\w*|eenpitter|solo|eenmans\w*|eenpersoons\w*|eenvrouws\w*|"
    r"(?:in|op) (?:mijn|mn|m'n|me|z'n|zijn) (?:eentje|uppie|upje|eigen|dooie)|uppie|"
    r"geen (?:enkele? |vast |los )?(?:personeel|medewerkers?|werknemers?|mensen|(?:man|vrouw"
    r"|mens)(?: of \w+)? in dienst"
    r"|collega'?s)|(?:enigste|enige) (?:werker|werknemer|medewerker|kracht) (?:ben|dat ben|is)(?: \w+)? ik|"
    r"(?:personeel|medewerkers|werknemers|loondienst|dienst|personeelsleden)\W+(?:is )?(?:geen|0|nul)(?=\W*$|,)|"
    r"personeel heb ik niet|ik heb (?:zelf )?niemand(?=\W*$)|0[.,]0 personeel|(?:0|nul) (?:in loondienst"
    r"|in dienst|mensen|man)(?= |$)|"
    r"zonder (?:personeel|medewerkers|hulp)|"
    r"gewoon ik|niemand erbij|"
    r"(?:0|nul) (?:personeel|medewerkers|werknemers|man personeel|collega'?s)|niemand (?:anders|in dienst|behalve)|"
    r"(?:it|ut) (?:helemaal )?alleen|(?:alles|de zaak|het|t) (?:weer |helemaal |allemaal )?(?:alleen|zelf)"
    r"|doe (?:ik )?(?:weer )?alles zelf|"
    r"^ondergetekende\W*$|^ik(?:ke|zelf)?\W+(?:en )?(?:meer niet|verder niks|verder niet|punt)|"
    r"\d+ \w+ en ik(?:zelf)?$|ik en (?:de|mijn|mn|me|een) (?:hond|kat|poes|paard|laptop|radio)|"
    r"(?:run|doe|draai|bestier) (?:ik )?(?:de|het|t|mijn|mn|deze) \w+ (?:helemaal |volledig )?alleen|"
    r"mijn eigen (?:baas|personeel)|"
    r"alleen (?:ik(?:ke|zelf)?|mezelf|mijzelf)|ik alleen|gewoon ik(?:zelf)?|ik ben de enige|verder niemand|"
    r"(?:werk|ben|zit|sta|run) (?:ik|k) (?:nu |weer |nog |gewoon |helemaal )*alleen|"
    r"(?:gewoon |k?werk |k?doe |k?run |k?zit |k?ben |bin |bun |helemaol |er |het |alles |ik |helemaal "
    r"|volledig )alleen|"
    r"ik ben het|alleenwerkend|enige (?:die|in)|one ?man ?show)\b|^(?:alleen|een|eentje)(?:[.!,]|$)|^ik(?:zelf)?$"
)
FEWER = re.compile(
    r"\b(?:bijna|net geen|nog geen|geen|minder dan|onder(?: de)?|tot|hooguit|max(?:imaal)?|maximum|krap|kleine|tegen)"
    r" (?:de |van )?$"
)
MORE = re.compile(r"\b(?:meer dan|boven(?: de)?|over de) (?:de )?$")
ABOUT = re.compile(
    r"\b(?:rond(?: de)?|ongeveer|zo'n|zon|circa|ca|om en nabij|plusminus|\+/-|een stuk of|stuk of|een man of|man of|"
    r"naar schatting|denk|gemiddeld) (?:de )?$"
)
# Words that may stand around a bare number of people.
FILLERS = frozenset({
    "we", "wij", "zijn", "zitten", "werken", "hebben", "met", "op", "in", "totaal", "nu", "er", "ongeveer", "zo",
    "n", "zon", "circa", "ca", "rond", "de", "dik", "ruim", "bijna", "net", "onder", "boven", "tot", "tussen",
    "en", "of", "a", "als", "minstens", "maximaal", "hooguit", "gemiddeld", "denk", "ik", "het", "is", "dat",
    "ofzo", "iets", "nog", "mezelf", "ikzelf", "meegeteld", "meegerekend", "inclusief", "incl", "erbij", "bij",
    "elkaar", "samen", "precies", "eh", "euh", "nou", "ja", "o", "wacht", "sorry", "toch", "eigenlijk", "bedoel",
    "bedoelde", "nee", "correctie", "krap", "meer", "minder", "dan", "geen", "stuk", "man", "even", "voor", "ons",
    "team", "van", "een", "bedrijf", "zaak", "t", "z", "s", "vast", "vaste", "momenteel", "moment", "dit", "heden",
    "vooralsnog", "maar", "wel", "slechts", "oh", "hier", "dus", "alles", "hebt", "heb", "d", "r", "rondlopen",
    "lopen", "dienst", "loondienst", "loonlijst", "hoofden", "koppen", "personen", "mensen", "zonder", "ergens",
    "tegen", "kleine", "wereldwijd", "inmiddels", "tegenwoordig", "ondertussen", "sinds", "vorige", "maand",
    "week", "onszelf", "personeel", "medewerkers", "beginnen", "eigen", "gegroeid", "gekrompen", "gegaan", "terug",
    "naar", "wy", "helft", "parttime", "fulltime", "waarvan", "daarvan",
})  # fmt: skip
# Said of the present, whatever numbers the story had before.
ALONE_NOW = re.compile(
    r"\b(?:nu|inmiddels|tegenwoordig)\b[^,.]*\balleen\b|\bmaar\b[^,.]*\b(?:ben|zit|doe|sta) (?:ik|k) [^,.]*\balleen$"
    r"|\bpersoneel\W+(?:nul|0|geen)$"
    r"|\b(?:ik|ben) (?:ik )?de enige\b(?! (?:met|die niet))"
)
NOW = re.compile(
    r"\b(?:nu|inmiddels|tegenwoordig|sindsdien|ondertussen|momenteel|op dit moment|thans|sinds kort"
    r"|sinds de \w+|na de \w+|weer)\b"
)
# In front of a number, in the same clause: it counts who were there before. After one: who are not there any more.
PAST = re.compile(
    r"\b(?:vroeger|was|waren|had|hadden|ooit|eerst|voorheen|begonnen|begon|gestart|liepen|toen|geleden"
    r"|vorig jaar|voor corona|"
    r"destijds|stonden|(?<!nog )niet|(?<!nog )(?<!net )geen)\b"
)
GONE = re.compile(r"\s?(?:er )?(?:\w+ )?(?:weg|weggegaan|vertrokken|eruit|ontslagen|opgestapt|minder|gestopt)\b")
CLAUSE = re.compile(r"[,.;:!?]|\b(?:maar|dus|daar|en toen|nu|inmiddels|sinds\w*|na)\b")
# What follows counts some of those that were counted before: "8, waarvan 6 parttime".
PARTS = re.compile(
    r"\b(?:\d+ (?:daarvan|ervan|hiervan)|waarvan|van wie|de helft|daarvan|(?:verdeel[dt]|verspreid"
    r"|gespreid)(?: over)?)\b"
)
# Who may not count.
NOT_ALL_COUNT = re.compile(r"\buitzend|\binhuur|\bvrijwilligers")
TOTAL = re.compile(
    r"\b(?:totaal|bij elkaar|hele (?:bedrijf|club|groep|concern)|wereldwijd|alles (?:erbij|samen|meegerekend)"
    r"|met (?:alle|de) \w+ erbij)\D{0,25}(\d+)|\bsamen (?=\d)"
)
# "Bijna vijftig, 47 volgens de loonadministratie", "onder de tien, 9 om precies te zijn".
EXACTLY = re.compile(
    r"\b(\d+) (?:om precies te zijn|precies|volgens (?:de|mijn|mn) \w+|geloof (?:ik|k))\b"
    r"|\b(?:om precies te zijn|namelijk|precies geteld)\W+(\d+)\b"
)
NO_IDEA = re.compile(
    r"\b(?:geen (?:flauw )?idee|weet (?:ik )?(?:het )?niet|zou (?:ik )?niet weten|moet ik .*\bvragen)\b"
)
VAGUE = re.compile(
    r"\b(?:een paar|paar|handje ?vol|handvol|enkele|enkelen|wat (?:mensen|man|personeel|hulp)|klein team(?:pje)?|"
    r"clubje|ploegje)\b"
)
TENS = re.compile(r"\b(?:tientallen|paar dozijn|best veel|heel veel|flink wat|een hele (?:ploeg|club|hoop))\b")
# Words after which a number is a year, an age or a number of something.
NOT_PEOPLE_AFTER = re.compile(
    r"\b(?:sinds|vanaf|anno|in het jaar|leeftijd|huisnummer|nummer|nr"
    r"|(?:ben|word|was)(?: (?:ik|k|zelf|al|nu|pas|net|bijna))*) $"
)
# After a relative these say that he or she does not work in the firm, or how old he or she is.
ELSEWHERE = (
    r" (?:(?:is|van|wordt) \d|werkt (?:bij|in|als|ergens)|neemt (?:[a-z']+ ){1,4}over\b"
    r"|heeft (?:een|zijn|zn|haar|d'r) eigen|zegt|zei|vindt|wil|"
    r"roept|moet|klaagt|denkt|zou|vroeg|vraagt|is (?:nu |net |al |weer |er |dr |mee |ermee )*"
    r"(?:weg|vertrokken|gestopt|opgestapt|ontslagen|met pensioen)\b)"
)
# The speaker, who comes on top of the others.
AND_ME = re.compile(
    rf"\b(?:en|plus|\+|met) (?:(?:dan|nog|{MY} \w+ en) )*(?:{SELF}|de (?:baas|eigena\w+|directeur"
    rf"|bedrijfsleid\w+|chef))\b"
)
