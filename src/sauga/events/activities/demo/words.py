"""What the demo's activities are called: invented, plausible, for every kind and age group."""

from dataclasses import dataclass

from sauga.events.activities.rules.codes import ActivityKind, AgeGroup

SCHOOLS = (
    "„Ąžuolyno“ gimnazija",
    "„Vyturio“ progimnazija",
    "„Žilvičio“ pagrindinė mokykla",
    "„Šaltinėlio“ mokykla",
    "„Beržyno“ progimnazija",
    "„Gintaro“ gimnazija",
)
LIBRARIES = (
    "„Žvaigždės“ biblioteka",
    "„Puslapio“ biblioteka",
    "„Šviesos“ biblioteka",
    "„Lentynos“ biblioteka",
)
COMPANIES = (
    ("UAB „Ryšio bangelė“", "LT-57"),
    ("UAB „Tinklo sodas“", "LT-15"),
    ("UAB „Uosto duomenys“", "LT-20"),
    ("UAB „Saulės serveriai“", "LT-43"),
    ("UAB „Lėvens kodas“", "LT-32"),
)
TOPICS = (
    "Kaip klasė susitaria dėl grupės taisyklių",
    "Ką apie mus žino programėlės",
    "Slaptažodžiai, kuriuos įsimename",
    "Kaip atskirti naujieną nuo klastotės",
    "Pokalbių robotai ir mes",
    "Ką daryti, kai kas nors įžeidžia",
)


def school(number: int) -> str:
    """The name of an invented school."""
    return SCHOOLS[number % len(SCHOOLS)]


def library(number: int) -> str:
    """The name of an invented library."""
    return LIBRARIES[number % len(LIBRARIES)]


@dataclass(frozen=True)
class Told:
    """An activity in words: who does it (a kind of organisation), what and for whom."""

    by: str
    kind: str
    title: str
    groups: tuple[str, ...]
    description: str = ""

    def span(self, group: str) -> tuple[int, int]:
        """Between how many people such a group has."""
        if self.kind in {ActivityKind.ONLINE, ActivityKind.EXHIBITION}:
            return 30, 160
        return (8, 40) if group in {AgeGroup.ADULTS, AgeGroup.SENIORS, AgeGroup.PREPRIMARY} else (18, 110)


LITHUANIAN = (
    Told(
        "SCHOOL", ActivityKind.LESSON, "Pamoka „Mano vieta internete“ dviem klasėms", (AgeGroup.GRADES_1_4,)
    ),
    Told(
        "SCHOOL",
        ActivityKind.LESSON,
        "Klasės susitarimas: kuriame savo grupės taisykles",
        (AgeGroup.GRADES_5_8,),
        "Trys taisyklės, kurias mokiniai parašo patys, ir diena po mėnesio joms peržiūrėti.",
    ),
    Told("SCHOOL", ActivityKind.LESSON, "Trys klausimai naujienai", (AgeGroup.GRADES_9_12,)),
    Told("SCHOOL", ActivityKind.LESSON, "Pasakos apie telefoną", (AgeGroup.PREPRIMARY,)),
    Told(
        "SCHOOL",
        ActivityKind.LESSON,
        "Vyresni moko jaunesnius: trumpos pamokėlės",
        (AgeGroup.GRADES_1_4, AgeGroup.GRADES_9_12),
    ),
    Told(
        "SCHOOL",
        ActivityKind.LESSON,
        "Žinutė dviem balsais: kaip skaitome vieni kitus",
        (AgeGroup.GRADES_5_8,),
    ),
    Told(
        "SCHOOL",
        ActivityKind.QUIZ,
        "Visos mokyklos viktorina „Tiesa ar klastotė?“",
        (AgeGroup.GRADES_5_8, AgeGroup.GRADES_9_12),
    ),
    Told("SCHOOL", ActivityKind.QUIZ, "Stop žaidimas: ko nepasakotume nepažįstamam", (AgeGroup.GRADES_1_4,)),
    Told("SCHOOL", ActivityKind.QUIZ, "Protmūšis pertraukų metu", (AgeGroup.GRADES_9_12,)),
    Told(
        "SCHOOL",
        ActivityKind.WORKSHOP,
        "Plakato dirbtuvės: klasės taisyklės",
        (AgeGroup.GRADES_1_4, AgeGroup.GRADES_5_8),
    ),
    Told(
        "SCHOOL",
        ActivityKind.WORKSHOP,
        "Slaptažodžių laboratorija",
        (AgeGroup.GRADES_5_8,),
        "Kas sugalvos ilgiausią slaptažodį, kurį galima įsiminti?",
    ),
    Told(
        "SCHOOL",
        ActivityKind.WORKSHOP,
        "Mokiniai tvarko programėlių leidimus savo telefonuose",
        (AgeGroup.GRADES_9_12,),
    ),
    Told(
        "SCHOOL",
        ActivityKind.PARENTS,
        "Vakaras tėvams: penki klausimai prie vakarienės stalo",
        (AgeGroup.ADULTS,),
    ),
    Told(
        "SCHOOL",
        ActivityKind.PARENTS,
        "Tėvų klubas: kaip kalbėtis apie ekranus be barnių",
        (AgeGroup.ADULTS,),
    ),
    Told(
        "SCHOOL",
        ActivityKind.PERFORMANCE,
        "Mokinių teatro spektaklis „Grupė be manęs“",
        (AgeGroup.GRADES_5_8, AgeGroup.ADULTS),
    ),
    Told("SCHOOL", ActivityKind.PERFORMANCE, "Trumpų filmukų peržiūra ir pokalbis", (AgeGroup.GRADES_9_12,)),
    Told(
        "SCHOOL",
        ActivityKind.EXHIBITION,
        "Piešinių paroda „Kas ekrane džiugina“",
        (AgeGroup.PREPRIMARY, AgeGroup.GRADES_1_4),
    ),
    Told(
        "SCHOOL",
        ActivityKind.ONLINE,
        "Nuotolinė debatų pamoka: ar robotas gali būti draugas?",
        (AgeGroup.GRADES_9_12,),
    ),
    Told(
        "LIBRARY",
        ActivityKind.EXHIBITION,
        "Knygų lentyna ir paroda „Mano ekranas“",
        (AgeGroup.ADULTS, AgeGroup.GRADES_5_8),
    ),
    Told(
        "LIBRARY",
        ActivityKind.SENIORS,
        "Ramus pusvalandis senjorams: ką pasakyti sukčiui",
        (AgeGroup.SENIORS,),
        "Mažoje grupėje, su arbata. Telefoną pasiimkite su savimi.",
    ),
    Told(
        "LIBRARY",
        ActivityKind.SENIORS,
        "Savanoriai senjorams: slaptažodis prie kavos",
        (AgeGroup.SENIORS, AgeGroup.GRADES_9_12),
    ),
    Told(
        "LIBRARY", ActivityKind.PARENTS, "Vakaras tėvams bibliotekoje: žaidimai ir laikas", (AgeGroup.ADULTS,)
    ),
    Told(
        "LIBRARY",
        ActivityKind.QUIZ,
        "Orientacinis žaidimas bibliotekoje „Rask šaltinį“",
        (AgeGroup.GRADES_5_8,),
    ),
    Told(
        "LIBRARY",
        ActivityKind.WORKSHOP,
        "Šeimų dirbtuvės: susitariame dėl ekranų",
        (AgeGroup.GRADES_1_4, AgeGroup.ADULTS),
    ),
    Told(
        "LIBRARY",
        ActivityKind.PERFORMANCE,
        "Garsinis skaitymas „Vilkas internete“ mažiesiems",
        (AgeGroup.PREPRIMARY,),
    ),
    Told(
        "LIBRARY",
        ActivityKind.ONLINE,
        "Tiesioginė bibliotekininkių konsultacija internetu",
        (AgeGroup.ADULTS, AgeGroup.SENIORS),
    ),
    Told(
        "COMPANY",
        ActivityKind.WORKSHOP,
        "Įmonės savanoriai veda duomenų saugumo dirbtuves",
        (AgeGroup.GRADES_9_12,),
    ),
    Told(
        "COMPANY",
        ActivityKind.OTHER,
        "Atvirų durų diena: kaip veikia tinklas",
        (AgeGroup.GRADES_5_8, AgeGroup.GRADES_9_12),
    ),
    Told(
        "COMPANY", ActivityKind.PARENTS, "Darbuotojų pietų pertrauka: vaikai ir ekranai", (AgeGroup.ADULTS,)
    ),
)
ENGLISH = (
    Told(
        "SCHOOL", ActivityKind.LESSON, "English lesson: a kind message in two voices", (AgeGroup.GRADES_5_8,)
    ),
    Told(
        "SCHOOL",
        ActivityKind.ONLINE,
        "Online meeting with our partner class: good chats",
        (AgeGroup.GRADES_9_12,),
    ),
    Told(
        "LIBRARY",
        ActivityKind.PARENTS,
        "Coffee for newcomer families: phones, games and time",
        (AgeGroup.ADULTS,),
        "In English, with help in Lithuanian.",
    ),
    Told(
        "LIBRARY", ActivityKind.EXHIBITION, "Shelf of the month: growing up with screens", (AgeGroup.ADULTS,)
    ),
    Told(
        "COMPANY",
        ActivityKind.WORKSHOP,
        "Engineers explain: what happens when you press Send",
        (AgeGroup.GRADES_9_12,),
    ),
)
