"""What the demo's webinars are called, and what people in them say."""

from typing import Any

SERIES: dict[str, Any] = {
    "title": {"lt": "Tėvų vakarai bibliotekoje", "en": "Evenings for parents at the library"},
    "summary": {
        "lt": "Vebinarai tėvams apie vaikus internete: bibliotekose visoje Lietuvoje ir namuose.",
        "en": "Webinars for parents about children online: in libraries all over Lithuania and at home.",
    },
    "topics": ["gaming"],
}
SCRIPT = {
    "lt": (
        "# Prieš vakarą\n"
        "Pakabinkite plakatą. Išdėliokite klausimų lapelius ir pieštukus ant kėdžių.\n"
        "Likus pusvalandžiui atverkite savo bibliotekos puslapį ir išbandykite vaizdą bei garsą.\n"
        "# Pradžia\n"
        "Pasveikinkite žmones. Pasakykite, kad klausti galima be vardo, ant lapelio.\n"
        "Paprašykite nefotografuoti.\n"
        "# Vakaro metu\n"
        "Surinkite lapelius ir klausimus įrašykite savo puslapyje. Suskaičiuokite žmones.\n"
        "# Pabaiga\n"
        "Padėkokite. Priminkite pagalbos numerį 116 111. Skaičių atsiųskite iš savo puslapio."
    ),
    "en": (
        "# Before\n"
        "Hang up the poster. Put paper questions and pencils on the chairs.\n"
        "Half an hour before, open the page of your library and check picture and sound.\n"
        "# Beginning\n"
        "Welcome people. Say that questions need no name.\n"
        "# End\n"
        "Thank them. Mention 116 111. Send the head count from your page."
    ),
}
PAST: dict[str, Any] = {
    "title": {"lt": "Pirmas vaiko telefonas", "en": "A child's first phone"},
    "summary": {
        "lt": "Kada vaikui reikia telefono, ką susitarti iš anksto ir ką nustatyti kartu.",
        "en": "When a child needs a phone, what to agree on beforehand and what to set up together.",
    },
    "description": {
        "lt": "Psichologė pasakoja, kaip apie telefoną susitarti be pykčio, ir atsako į klausimus.",
        "en": "A psychologist explains how to agree on a phone without a row, and answers questions.",
    },
    "topics": ["excessive_use"],
    "speaker": ("Lina Marytė", {"lt": "psichologė", "en": "psychologist"}),
    "hours": 1,
    "script": SCRIPT,
}
TODAY: dict[str, Any] = {
    "title": {"lt": "Žaidimai ir pinigai", "en": "Games and money"},
    "summary": {
        "lt": "Kodėl nemokamas žaidimas kainuoja, kaip nustatyti ribas ir kaip susigrąžinti pinigus.",
        "en": "Why a free game costs money, how to set limits and how to get money back.",
    },
    "description": {
        "lt": "Kalbame apie pirkinius žaidimuose, dovanų korteles ir spaudimą „dar truputį“.",
        "en": "About purchases in games, gift cards and the pull of “just a little more”.",
    },
    "topics": ["gaming"],
    "speaker": ("Tadas Vėjelis", {"lt": "žaidimų kūrėjas ir tėtis", "en": "game designer and father"}),
    "hours": 3,
    "script": SCRIPT,
}
NEXT: dict[str, Any] = {
    "title": {"lt": "Dirbtinis intelektas namų darbams", "en": "Artificial intelligence and homework"},
    "summary": {
        "lt": "Kada jis padeda mokytis, o kada mokosi už vaiką. Ką sutarti namuose ir mokykloje.",
        "en": "When it helps a child learn and when it learns instead. What to agree on at home.",
    },
    "description": {
        "lt": "Mokytoja rodo pavyzdžius ir atsako į tėvų klausimus.",
        "en": "A teacher shows examples and answers questions of parents.",
    },
    "topics": ["artificial_intelligence"],
    "speaker": ("Eglė Dūnaitė", {"lt": "informatikos mokytoja", "en": "teacher of computer science"}),
    "hours": 1,
    "script": SCRIPT,
}
HOSTS = ("Daiva Girdenytė", "Vida Pušelė", "Rasa Ežeraitė", "Jūratė Smėlytė", "Audrius Kalnėnas")
QUESTIONS = (
    "Ar galima grąžinti pinigus, kuriuos vaikas išleido žaidime?",
    "Kiek laiko per dieną yra per daug?",
    "Ar dovanų kortelės saugesnės už banko kortelę?",
    "Kaip nustatyti, kad pirkiniams reikėtų mano sutikimo?",
    "Sūnus sako, kad visi draugai perka. Ką atsakyti?",
    "Nuo kokio amžiaus tinka žaidimai su pokalbiais?",
    "Ar verta leisti užsidirbti „monetų“ už namų ruošą?",
)
TROUBLE = "Vaizdas stringa, garsas girdimas. Ar palaukti, ar leisti atsarginį įrašą?"
NOTE = "Atėjo dvi klasės su tėvais, žiūrėjome dviejose salėse."
