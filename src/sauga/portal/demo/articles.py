"""Articles: “what is…” at four reading levels, a guide to an app, the campaign, the centre. Apps and
schools are invented.
"""

from sauga.portal.demo.stage import (
    Words,
    asked,
    head,
    help_from,
    note,
    page,
    quote,
    steps,
    ticks,
    words,
)
from sauga.portal.states import Level

EXPLAINER: tuple[Words, Words, list[tuple[Level, Words]]] = (
    page(
        "Kas yra patyčios kibernetinėje erdvėje?",
        "Kuo jos skiriasi nuo ginčo, kaip jas pastebėti ir ką daryti šeimai bei mokyklai.",
        head("Kuo skiriasi nuo ginčo"),
        words(
            "Ginčijasi du, ir abu gali nustoti. Patyčios kartojasi, jose jėgos nelygios, o "
            "skriaudžiamas žmogus pats jų sustabdyti negali."
        ),
        head("Ką daryti"),
        steps(
            ("Išklausykite", "Nekaltinkite ir neatimkite telefono: taip vaikas kitą kartą nebepasakys."),
            ("Išsaugokite įrodymus", "Ekrano nuotraukos ir adresai padės mokyklai ir mums."),
            ("Kreipkitės", "Apie viešas patyčias praneškite; su vaiku pasikalbės Vaikų linija."),
        ),
        quote(
            "Kai papasakojau, pirmą kartą po mėnesio išsimiegojau.",
            "Septintokė, iš pokalbio su mūsų savanore",
        ),
        help_from("Kas padeda", "child_helpline", "illegal_content_hotline", "child_rights"),
        slug="kas-yra-patycios",
        answer="Tai kai kas nors internete vėl ir vėl tyčia skaudina žmogų, kuris negali to sustabdyti.",
    ),
    page(
        "What is cyberbullying?",
        "How it differs from a quarrel, how to notice it, and what a family and a school can do.",
        head("How it differs from a quarrel"),
        words(
            "Two people quarrel, and both can stop. Bullying comes again, the sides are unequal, and "
            "its target cannot stop it alone."
        ),
        head("What to do"),
        steps(
            (
                "Listen",
                "Do not blame and do not take the phone away, or your child will not tell you the next time.",
            ),
            ("Keep the evidence", "Screenshots and addresses help the school and us."),
            ("Turn to us", "Report public bullying; Child Line talks with your child."),
        ),
        quote(
            "When I told somebody, I slept well for the first time in a month.",
            "A girl in grade seven, from a talk with our volunteer",
        ),
        help_from("Who helps", "child_helpline", "illegal_content_hotline", "child_rights"),
        slug="what-is-cyberbullying",
        answer="When somebody on the internet hurts a person on purpose, again and again, and that person "
        "cannot stop it.",
    ),
    [
        (
            Level.TEEN,
            page(
                "Kas yra patyčios internete?",
                "Kaip suprasti, kad tai jau nebe juokas, ir ką gali padaryti šiandien.",
                words("Jei juokiasi visi, bet ne tu, tai ne juokas. Jei tai kartojasi, tai patyčios."),
                ticks(
                    "Neatsakinėk piktai.",
                    "Išsaugok žinutes.",
                    "Užblokuok ir pranešk programėlei.",
                    "Papasakok kam nors, kuo pasitiki.",
                ),
                help_from("Kas padeda tau", "child_helpline", "youth_helpline"),
                slug="kas-yra-patycios-12",
                answer="Kai tave internete vėl ir vėl skaudina tyčia.",
            ),
        ),
        (
            Level.CHILD,
            page(
                "Kai internete skriaudžia",
                "Ką daryti, jei kas nors tau rašo negražius žodžius.",
                ticks(
                    "Parodyk mamai, tėčiui ar mokytojai.", "Nerašyk nieko atgal.", "Tu nieko blogo nedarei."
                ),
                note("info", "Gali skambinti", "Skambink 116 111. Su tavimi kalbės geras žmogus."),
                slug="kai-internete-skriaudzia",
                answer="Tai kai kas nors tave vis skriaudžia.",
            ),
        ),
        (
            Level.EASY,
            page(
                "Kas yra patyčios internete. Lengvai suprantama kalba",
                "Čia trumpi sakiniai. Juos lengva skaityti.",
                words(
                    "Žmogus internete rašo piktus žodžius.",
                    "Jis rašo daug kartų.",
                    "Tai vadinama patyčiomis.",
                ),
                head("Ką galite daryti"),
                ticks(
                    "Galite parodyti žinutę kitam žmogui.", "Galite paskambinti.", "Galite žmogų užblokuoti."
                ),
                help_from("Kur skambinti", "child_helpline", "emergency"),
                slug="kas-yra-patycios-lengvai",
                answer="Patyčios yra tada, kai žmogų skriaudžia daug kartų.",
            ),
        ),
    ],
)
APP_GUIDE: tuple[Words, Words] = (
    page(
        "Bangelė: ką nustatyti pirmiausia",
        "Trumpų vaizdo įrašų programėlė. Trys nustatymai, kuriuos verta pakeisti prieš pirmą įrašą.",
        head("Trys nustatymai"),
        steps(
            ("Paskyra – privati", "Nustatymai, privatumas, „Mane mato tik draugai“."),
            ("Žinutės – tik iš draugų", "Nustatymai, žinutės, „Nepažįstami rašyti negali“."),
            ("Vieta – išjungta", "Telefono nustatymuose, ne programėlėje."),
        ),
        asked(("Ar reikia tikro vardo?", "Ne. Slapyvardžio užtenka.")),
        slug="programele-bangele",
        maker="Bangelė Studio (išgalvota)",
    ),
    page(
        "Bangelė: what to set up first",
        "An app for short films. Three settings worth changing before the first one.",
        head("Three settings"),
        steps(
            ("Account: private", "Settings, privacy, “Only friends see me”."),
            ("Messages: from friends only", "Settings, messages, “Strangers cannot write”."),
            ("Place: off", "In the settings of the phone, not of the app."),
        ),
        asked(("Is my real name needed?", "No. A nickname is enough.")),
        slug="app-bangele",
        maker="Bangelė Studio (made up)",
    ),
)
NEWS_INDEX: tuple[Words, Words] = (
    {"title": "Naujienos", "summary": "Kas naujo centre ir ką ruošiame.", "slug": "naujienos"},
    {"title": "News", "summary": "What is new at the centre and what we prepare.", "slug": "news"},
)
ABOUT: tuple[Words, Words] = (
    page(
        "Apie centrą",
        "Kas esame, kam dirbame ir ko niekada nedarome.",
        words(
            "Saugesnio interneto centras padeda vaikams, šeimoms ir mokykloms. Pokalbis, pranešimas ir "
            "medžiaga nieko nekainuoja."
        ),
        head("Ko niekada nedarome"),
        ticks("Nerenkame duomenų apie lankytojus.", "Nerodome reklamos.", "Neatskleidžiame, kas pranešė."),
    ),
    page(
        "About the centre",
        "Who we are, for whom we work, and what we never do.",
        words(
            "The Safer Internet Centre helps children, families and schools. Talking, reporting and "
            "material cost nothing."
        ),
        head("What we never do"),
        ticks("We collect nothing about visitors.", "We show no advertising.", "We never tell who reported."),
    ),
)
PARTNERS: tuple[Words, Words] = (
    page(
        "Partneriai ir ryšiai",
        "Kas kuria centrą ir kur mums parašyti.",
        words(
            'Rašykite: <a href="mailto:labas@sauga.example">labas@sauga.example</a>. Atsakome per '
            "dešimt darbo dienų."
        ),
        slug="partneriai",
    ),
    page(
        "Partners and contacts",
        "Who runs the centre and where to write to us.",
        words(
            'Write to <a href="mailto:labas@sauga.example">labas@sauga.example</a>. We answer within '
            "ten working days."
        ),
        slug="partners",
    ),
)
FOOTER: list[dict[str, str]] = [
    {
        "kind": "CONTACT",
        "text_lt": "labas@sauga.example",
        "text_en": "labas@sauga.example",
        "address": "mailto:labas@sauga.example",
        "valid_from": "2025-02-01",
    },
    {
        "kind": "SOCIAL",
        "text_lt": "„Sauga“ tinkle „Bangelė“",
        "text_en": "Sauga on Bangelė",
        "address": "https://bangele.example/sauga",
        "valid_from": "2025-02-01",
    },
]
