"""Texts of the landing pages, by audience. Children and teenagers are addressed as “tu”, everyone
else as “jūs”.
"""

from typing import Any

from sauga.portal.demo.stage import asked, head, help_from, note, steps, ticks, warn, words

type Words = dict[str, Any]


def page(title: str, summary: str, *body: Words, **more: Any) -> Words:
    """One text."""
    return {"title": title, "summary": summary, "body": list(body), **more}


AUDIENCES: list[tuple[str, Words, Words]] = [
    (
        "children",
        page(
            "Vaikams",
            "Trumpai ir aiškiai: ką daryti, kai internete smagu, keista ar baisu.",
            head("Trys dalykai, kuriuos verta žinoti"),
            ticks(
                "Kas nors tave išgąsdino? Papasakok mamai, tėčiui ar mokytojai.",
                "Nerašyk savo vardo, mokyklos ir namų adreso.",
                "Slaptažodis yra kaip raktas. Neduok jo niekam.",
            ),
            note("info", "Tai ne tavo kaltė", "Kas nors tave įskaudino? Kaltas jis, ne tu. Mes padėsime."),
            help_from("Su kuo gali pasikalbėti", "child_helpline", "emergency"),
        ),
        page(
            "For children",
            "Short and clear: what to do when the internet is fun, strange or scary.",
            head("Three things worth knowing"),
            ticks(
                "Did something scare you? Tell a grown-up you trust.",
                "Do not give your name, school or home address to strangers.",
                "A password is like a key. Give it to nobody.",
            ),
            note(
                "info",
                "It is not your fault",
                "If somebody was unkind to you, you did nothing wrong. We will help.",
            ),
            help_from("Whom you can talk to", "child_helpline", "emergency"),
        ),
    ),
    (
        "teenagers",
        page(
            "Paaugliams",
            "Draugai, nuotraukos, paskyros, spaudimas: kas tavo teisė ir kas gali padėti.",
            head("Kai spaudžia"),
            words(
                "Kartais prašo nuotraukos, slaptažodžio ar pažado tylėti. Tu gali pasakyti „ne“ ir "
                "nieko neaiškinti."
            ),
            steps(
                ("Sustok", "Atsakyti iškart nebūtina. Padėk telefoną ir įkvėpk."),
                ("Išsaugok", "Pasidaryk ekrano nuotrauką: ji praverčia, jei prireiks pagalbos."),
                ("Pasakyk", "Draugui, suaugusiajam arba mums. Vardo sakyti nereikia."),
            ),
            asked(("Ar mane barsite?", "Ne. Klausome ir padedame nuspręsti, ką daryti toliau.")),
            help_from("Kas padeda", "child_helpline", "youth_helpline", "illegal_content_hotline"),
        ),
        page(
            "For teenagers",
            "Friends, pictures, accounts, pressure: what your rights are and who can help.",
            head("When somebody pushes"),
            words(
                "Sometimes people ask for a picture, a password or a promise to keep quiet. You may "
                "say no and explain nothing."
            ),
            steps(
                ("Stop", "You need not answer at once. Put the phone down and breathe."),
                ("Keep", "Make a screenshot: it helps if you need help later."),
                ("Tell", "A friend, a grown-up or us. You need not say your name."),
            ),
            asked(("Will you scold me?", "No. We listen and help you decide what comes next.")),
            help_from("Who helps", "child_helpline", "youth_helpline", "illegal_content_hotline"),
        ),
    ),
    (
        "parents_carers",
        page(
            "Tėvams",
            "Pirmas telefonas, ekranai, pokalbis namie: ramūs patarimai be gąsdinimų.",
            head("Pokalbis svarbiau už filtrą"),
            words(
                "Vaikas ateis pas jus, jei žinos, kad neatimsite telefono. Pradėkite nuo klausimo, o "
                "ne nuo draudimo."
            ),
            ticks(
                "Paklauskite, ką vaikas šiandien matė ir kas jį pralinksmino.",
                "Susitarkite dėl laiko ir vietos be ekranų – visai šeimai, ir suaugusiesiems.",
                "Kartu peržiūrėkite paskyros nustatymus: kas gali rašyti, kas mato, kur vaikas yra.",
            ),
            help_from("Kur kreiptis", "child_helpline", "child_rights", "police"),
        ),
        page(
            "For parents",
            "The first phone, screens, talking at home: calm advice without scares.",
            head("Talking matters more than a filter"),
            words(
                "Your child will come to you if the phone is not at stake. Begin with a question, "
                "not with a ban."
            ),
            ticks(
                "Ask what your child saw today and what made them laugh.",
                "Agree on times and places without screens, for the whole family, adults too.",
                "Look through the account settings together: who may write, who sees where your child is.",
            ),
            help_from("Where to turn", "child_helpline", "child_rights", "police"),
        ),
    ),
    (
        "teachers",
        page(
            "Mokytojams",
            "Pamokos, rinkiniai, mokymai: kas paruošta rytdienai.",
            head("Ką galima panaudoti rytoj"),
            words(
                "Kiekviena pamoka turi planą, užduočių lapą ir laišką tėvams. Medžiagą galima keisti "
                "ir pridėti mokyklos ženklą."
            ),
            warn(
                "Jei mokinys papasakoja apie smurtą, neklausinėkite smulkmenų: išklausykite ir "
                "kreipkitės į vaiko teisių apsaugą."
            ),
            help_from("Kas padeda mokyklai", "child_helpline", "child_rights", "police"),
        ),
        page(
            "For teachers",
            "Lessons, toolkits, training: what is ready for tomorrow.",
            head("What you can use tomorrow"),
            words(
                "Each lesson has a plan, a worksheet and a letter to parents. You may change the "
                "material and add your school's mark."
            ),
            warn(
                "If a pupil tells of violence, do not ask for details: listen, and turn to child "
                "rights protection."
            ),
            help_from("Who helps a school", "child_helpline", "child_rights", "police"),
        ),
    ),
    (
        "public_librarians",
        page(
            "Bibliotekininkams",
            "Tėvų vakarai, peržiūros, plakatai ir ramus atsakymas prie skaitytojų kompiuterio.",
            head("Vakaras bibliotekoje per tris žingsnius"),
            steps(
                ("Pasirinkite temą", "Pirmas telefonas, sukčiai arba naujienų tikrinimas."),
                ("Atsispausdinkite", "Plakate vietos bibliotekos vardui ir valandai."),
                ("Suskaičiuokite", "Po vakaro – tik dalyvių skaičius, be vardų."),
            ),
        ),
        page(
            "For librarians",
            "Evenings for parents, screenings, posters, and a calm answer at the readers' computer.",
            head("An evening at the library in three steps"),
            steps(
                ("Choose a topic", "The first phone, fraud, or checking the news."),
                ("Print", "The poster has room for your library's name and the hour."),
                ("Count", "Afterwards only the number of people, no names."),
            ),
        ),
    ),
    (
        "seniors",
        page(
            "Senjorams",
            "Sukčiai, slaptažodžiai, vaizdo skambučiai. Parašyta aiškiai.",
            head("Jei skambina ir skubina"),
            ticks(
                "Bankas ir policija niekada neprašo kodų telefonu.",
                "Padėkite ragelį. Paskambinkite patys numeriu, kuris užrašytas ant kortelės.",
                "Pasitarkite su artimu žmogumi. Skubėti nebūtina.",
            ),
            help_from("Kas padeda", "police", "cyber_incident", "emergency"),
        ),
        page(
            "For seniors",
            "Fraud, passwords, video calls. In plain words.",
            head("When somebody calls and hurries you"),
            ticks(
                "Neither a bank nor the police ever ask for codes by telephone.",
                "Hang up. Call back yourself, at the number on your card.",
                "Talk it over with somebody close. There is no need to hurry.",
            ),
            help_from("Who helps", "police", "cyber_incident", "emergency"),
        ),
    ),
]
