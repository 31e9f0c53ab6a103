"""What the demo's activities are called: invented, plausible, for every kind and age group."""

from dataclasses import dataclass

from sauga.events.activities.rules.codes import ActivityKind as K
from sauga.events.activities.rules.codes import AgeGroup as G

SCHOOLS = (
    "„Ąžuolyno“ gimnazija", "„Vyturio“ progimnazija", "„Žilvičio“ pagrindinė mokykla", "„Šaltinėlio“ mokykla",
    "„Beržyno“ progimnazija", "„Gintaro“ gimnazija",
)  # fmt: skip
LIBRARIES = (
    "„Žvaigždės“ biblioteka",
    "„Puslapio“ biblioteka",
    "„Šviesos“ biblioteka",
    "„Lentynos“ biblioteka",
)
COMPANIES = (
    ("UAB „Ryšio bangelė“", "LT-57"), ("UAB „Tinklo sodas“", "LT-15"), ("UAB „Uosto duomenys“", "LT-20"),
    ("UAB „Saulės serveriai“", "LT-43"), ("UAB „Lėvens kodas“", "LT-32"),
)  # fmt: skip
TOPICS = (
    "Kaip klasė susitaria dėl grupės taisyklių", "Ką apie mus žino programėlės",
    "Slaptažodžiai, kuriuos įsimename",
    "Kaip atskirti naujieną nuo klastotės", "Pokalbių robotai ir mes", "Ką daryti, kai kas nors įžeidžia",
)  # fmt: skip


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
        if self.kind in {K.ONLINE, K.EXHIBITION}:
            return 30, 160
        return (8, 40) if group in {G.ADULTS, G.SENIORS, G.PREPRIMARY} else (18, 110)


LITHUANIAN = (
    Told("SCHOOL", K.LESSON, "Pamoka „Mano vieta internete“ dviem klasėms", (G.GRADES_1_4,)),
    Told("SCHOOL", K.LESSON, "Klasės susitarimas: kuriame savo grupės taisykles", (G.GRADES_5_8,),
         "Trys taisyklės, kurias mokiniai parašo patys, ir diena po mėnesio joms peržiūrėti."),
    Told("SCHOOL", K.LESSON, "Trys klausimai naujienai", (G.GRADES_9_12,)),
    Told("SCHOOL", K.LESSON, "Pasakos apie telefoną", (G.PREPRIMARY,)),
    Told("SCHOOL", K.LESSON, "Vyresni moko jaunesnius: trumpos pamokėlės", (G.GRADES_1_4, G.GRADES_9_12)),
    Told("SCHOOL", K.LESSON, "Žinutė dviem balsais: kaip skaitome vieni kitus", (G.GRADES_5_8,)),
    Told("SCHOOL", K.QUIZ, "Visos mokyklos viktorina „Tiesa ar klastotė?“", (G.GRADES_5_8, G.GRADES_9_12)),
    Told("SCHOOL", K.QUIZ, "Stop žaidimas: ko nepasakotume nepažįstamam", (G.GRADES_1_4,)),
    Told("SCHOOL", K.QUIZ, "Protmūšis pertraukų metu", (G.GRADES_9_12,)),
    Told("SCHOOL", K.WORKSHOP, "Plakato dirbtuvės: klasės taisyklės", (G.GRADES_1_4, G.GRADES_5_8)),
    Told("SCHOOL", K.WORKSHOP, "Slaptažodžių laboratorija", (G.GRADES_5_8,),
         "Kas sugalvos ilgiausią slaptažodį, kurį galima įsiminti?"),
    Told("SCHOOL", K.WORKSHOP, "Mokiniai tvarko programėlių leidimus savo telefonuose", (G.GRADES_9_12,)),
    Told("SCHOOL", K.PARENTS, "Vakaras tėvams: penki klausimai prie vakarienės stalo", (G.ADULTS,)),
    Told("SCHOOL", K.PARENTS, "Tėvų klubas: kaip kalbėtis apie ekranus be barnių", (G.ADULTS,)),
    Told("SCHOOL", K.PERFORMANCE, "Mokinių teatro spektaklis „Grupė be manęs“", (G.GRADES_5_8, G.ADULTS)),
    Told("SCHOOL", K.PERFORMANCE, "Trumpų filmukų peržiūra ir pokalbis", (G.GRADES_9_12,)),
    Told("SCHOOL", K.EXHIBITION, "Piešinių paroda „Kas ekrane džiugina“", (G.PREPRIMARY, G.GRADES_1_4)),
    Told("SCHOOL", K.ONLINE, "Nuotolinė debatų pamoka: ar robotas gali būti draugas?", (G.GRADES_9_12,)),
    Told("LIBRARY", K.EXHIBITION, "Knygų lentyna ir paroda „Mano ekranas“", (G.ADULTS, G.GRADES_5_8)),
    Told("LIBRARY", K.SENIORS, "Ramus pusvalandis senjorams: ką pasakyti sukčiui", (G.SENIORS,),
         "Mažoje grupėje, su arbata. Telefoną pasiimkite su savimi."),
    Told("LIBRARY", K.SENIORS, "Savanoriai senjorams: slaptažodis prie kavos", (G.SENIORS, G.GRADES_9_12)),
    Told("LIBRARY", K.PARENTS, "Vakaras tėvams bibliotekoje: žaidimai ir laikas", (G.ADULTS,)),
    Told("LIBRARY", K.QUIZ, "Orientacinis žaidimas bibliotekoje „Rask šaltinį“", (G.GRADES_5_8,)),
    Told("LIBRARY", K.WORKSHOP, "Šeimų dirbtuvės: susitariame dėl ekranų", (G.GRADES_1_4, G.ADULTS)),
    Told("LIBRARY", K.PERFORMANCE, "Garsinis skaitymas „Vilkas internete“ mažiesiems", (G.PREPRIMARY,)),
    Told("LIBRARY", K.ONLINE, "Tiesioginė bibliotekininkių konsultacija internetu", (G.ADULTS, G.SENIORS)),
    Told("COMPANY", K.WORKSHOP, "Įmonės savanoriai veda duomenų saugumo dirbtuves", (G.GRADES_9_12,)),
    Told("COMPANY", K.OTHER, "Atvirų durų diena: kaip veikia tinklas", (G.GRADES_5_8, G.GRADES_9_12)),
    Told("COMPANY", K.PARENTS, "Darbuotojų pietų pertrauka: vaikai ir ekranai", (G.ADULTS,)),
)  # fmt: skip
ENGLISH = (
    Told("SCHOOL", K.LESSON, "English lesson: a kind message in two voices", (G.GRADES_5_8,)),
    Told("SCHOOL", K.ONLINE, "Online meeting with our partner class: good chats", (G.GRADES_9_12,)),
    Told("LIBRARY", K.PARENTS, "Coffee for newcomer families: phones, games and time", (G.ADULTS,),
         "In English, with help in Lithuanian."),
    Told("LIBRARY", K.EXHIBITION, "Shelf of the month: growing up with screens", (G.ADULTS,)),
    Told("COMPANY", K.WORKSHOP, "Engineers explain: what happens when you press Send", (G.GRADES_9_12,)),
)  # fmt: skip
