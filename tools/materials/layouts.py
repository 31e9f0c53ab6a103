"""Which template a file gets, and its data."""

import json
import re
from pathlib import Path
from typing import Any

from drawings import described
from reading import TEXTS, Block, Material, Section, material, runs

type Data = dict[str, Any]

KIT_DRAWINGS = ("parental_mediation", "excessive_use", "talk_at_the_table", "report")
WORDS = {
    "lt": {"min": "min.", "answers": "Atsakymai", "tips": "Patarimai", "sources": "Šaltiniai"},
    "en": {"min": "min", "answers": "Answers", "tips": "Tips", "sources": "Sources"},
}
KINDS = {
    "lesson_plan": ("Pamokos planas", "Lesson plan"),
    "worksheet": ("Užduočių lapas", "Worksheet"),
    "letter": ("Laiškas tėvams", "Letter to parents"),
    "guide": ("Atmintinė", "Guide"),
    "activity": ("Skaitymas vaidmenimis", "To read in roles"),
    "presentation": ("Skaidrės ir pastabos", "Slides and notes"),
    "course": ("Kursas", "Course"),
    "quiz": ("Viktorina", "Quiz"),
    "game": ("Žaidimas", "Game"),
    "app": ("Testas", "Test"),
}
SHEETS = {"worksheet", "letter", "chats", "story", "stories", "posts", "cards", "answers"}
"""Sections that are copied or handed out: each on its own page."""
ASIDE = {"if-told", "help", "privacy"}
NOT_PRINTED = {"layout", "alt", "how"}
DRAWN = re.compile(r"(Piešinys|Picture|Drawing): ")
LINE_HELP = {"lt": "Vaikų linija 116 111 – nemokamai", "en": "Child Line 116 111 – free"}
CENTRE = {"lt": "Saugesnio interneto centras", "en": "Safer Internet Centre"}
QUIZZES = {"sid-2027-quiz": "quiz", "passwords-game": "game", "librarians-course": "quiz"}
BANK = Path(__file__).parents[2] / "src/sauga/selfcheck/personal/data/bank.json"
TESTS = {
    "child": ("Vaikams", "For children"),
    "teen": ("Paaugliams", "For teenagers"),
    "adult": ("Suaugusiesiems", "For adults"),
}


def layout(record: Data, kind: str, language: str) -> tuple[str, Data]:
    """The template and the data of one file."""
    slug, type_ = record["slug"]["en"], record["type"]
    spoken = "en" if language == "en" else "lt"
    text = material(slug, spoken)
    data = _common(record, text, spoken)
    if record["status"] == "withdrawn":  # the new text is another edition
        note = {"kind": "paragraph", "lines": [runs(record["status_note"][spoken])]}
        only = {"title": "", "blocks": [note], "sheet": False, "note": False}
        return "document", {**data, "drawings": [], "sources": [], "sections": [only]}
    template, more = "document", {"sections": _sections(text)}
    if type_ == "poster":
        template, more = type_, _poster(text, spoken, bleed=kind == "print_ready")
    elif type_ == "leaflet":
        template, more = type_, _leaflet(slug, text, spoken, large=kind == "large_print")
    elif type_ == "presentation" and kind == "main":
        template, more = "slides", _slides(text, spoken)
    elif type_ == "comic":
        template, more = type_, _comic(text, spoken)
    elif slug in QUIZZES:
        template, more["tests"] = "quiz", [_quiz(slug, spoken)]
    elif type_ == "app":
        template, more = "quiz", {"tests": [_test(one, spoken) for one in TESTS], "sections": []}
    return template, {**data, **more}


def _common(record: Data, text: Material, spoken: str) -> Data:
    names = KINDS.get(record["type"], ("", ""))
    minutes = text.facts.get("minutes") or 0
    ages = (record["age_min"], record["age_max"])
    years = {"lt": "metų", "en": "years"}[spoken]
    age = f"{ages[0]}–{ages[1]} {years}" if ages[1] else ""
    time = f"{minutes} {WORDS[spoken]['min']}" if minutes else ""
    return {
        "title": record["title"][spoken],
        "abstract": record["abstract"][spoken],
        "lang": spoken,
        "kind": record["type"],
        "kind_name": names[spoken == "en"],
        "easy": record["reading_level"].startswith("easy"),
        "facts": [age, time],
        "drawings": [_drawing(name, spoken) for name in text.facts["drawings"]],
        "credit": record["publisher"][spoken],
        "licence": licence(record["licence"]),
        "number": LINE_HELP[spoken],
        "words": WORDS[spoken],
        "sources": [
            f"{one['publisher']}: {one['title']}, {one['year']}. {one['address']}"
            for one in text.facts.get("sources", [])
        ],
    }


def licence(code: str) -> str:
    """„CC BY-SA 4.0“ for CC-BY-SA-4.0; empty for terms of one's own."""
    if code.startswith("CC-"):
        return f"CC {code[3:].rpartition('-')[0]} {code.rpartition('-')[2]}"
    return "CC0 1.0" if code == "CC0-1.0" else "Sauga"


def _drawing(name: str, spoken: str) -> dict[str, str]:
    return {"name": name, "alt": described(name, spoken)}


def _sections(text: Material) -> list[Data]:
    shown = [one for one in text.sections if one.id not in {"layout", "alt"}]
    return [
        {
            "title": one.title,
            "blocks": _filled(one.blocks),
            "sheet": number > 0 and one.id in SHEETS,
            "note": one.id in ASIDE,
        }
        for number, one in enumerate(shown)
    ]


def _filled(blocks: list[Block]) -> list[Block]:
    """The blocks without lines that only name a drawing."""
    made = [
        {**block, "lines": [line for line in block["lines"] if not DRAWN.match(_words(line))]}
        if block["kind"] == "paragraph"
        else block
        for block in blocks
    ]
    return [block for block in made if block.get("lines") != []]


def _words(line: list[dict[str, str]]) -> str:
    return "".join(one["text"] for one in line).strip()


def _poster(text: Material, spoken: str, *, bleed: bool) -> Data:
    """The first bold line is the headline, lines after it are large, places of slots are to fill in."""
    lines = [block["lines"] for block in _printed(text).blocks if block["kind"] == "paragraph"]
    small_a4 = "parental_mediation" in text.facts["drawings"]
    headline, *under = lines[0]
    slots = [one["text"] for para in lines for line in para for one in line if one["is"] == "slot"]
    rest = [para for para in lines[1:] if not any(one["is"] == "slot" for line in para for one in line)]
    rest = [para for para in rest if "116 111" not in _words(para[0])]
    shout = [_words(line) for line in (under or rest[0])]
    small = [_words(line) for para in (rest if under else rest[1:]) for line in para]
    return {
        "size": "a4" if small_a4 else "a3",
        "bleed": bleed,
        "headline": [one for one in re.split(r"(?<=[.]) ", _words(headline)) if one],
        "headline_size": 22,
        "shout": shout,
        "shout_size": 14 if small_a4 else 15,
        "small": small,
        "slots": [one[:1].upper() + one[1:] for one in slots],
        "drawings": [_drawing(text.facts["drawings"][0], spoken)],
        **({"number": CENTRE[spoken]} if small_a4 else {}),
    }


def _printed(text: Material) -> Section:
    found = text.section("text")
    if found is None:
        raise LookupError("no part {#text}")
    return found


def _leaflet(slug: str, text: Material, spoken: str, *, large: bool) -> Data:
    """Steps begin with a number in bold, sayings with a quotation in bold; other bold lines are headings."""
    seniors = slug.startswith("seniors")
    blocks = list(_printed(text).blocks)
    cover = [_words(line) for line in blocks.pop(0)["lines"]] if not seniors else []
    if cover:
        first, _, more = cover[0].partition(". ")
        cover = [f"{first}.", more]
    else:
        title = text.title.partition(": ")[2]
        cover = [title[:1].upper() + title[1:]]
    parts = [part for block in blocks for part in _leaflet_parts(block)]
    return {
        "cover": [one for one in cover if one],
        "cover_size": 2.0 if seniors else 2.6,
        "size": "a4" if seniors else "a5",
        "letters": 24 if large else 18 if seniors else 12.5,
        "parts": parts if seniors else _turned(parts),
        **({"number": ""} if seniors else {}),
    }


def _turned(parts: list[Data]) -> list[Data]:
    """A new page begins with the first heading after the steps."""
    steps = [number for number, part in enumerate(parts) if part["kind"] == "step"]
    place = next(n for n in range(steps[-1] + 1, len(parts)) if parts[n]["kind"] != "step")
    return [*parts[:place], {"kind": "turn"}, *parts[place:]]


def _leaflet_parts(block: Block) -> list[Data]:
    if block["kind"] != "paragraph":
        return [block]
    parts: list[Data] = []
    for line in block["lines"]:
        head = line[0]
        bold = head["is"] == "bold" and not any(one["is"] in {"line", "slot"} for one in line)
        step = re.match(r"(\d)\. (.+)", head["text"]) if bold else None
        if step:
            rest = [{**one, "text": one["text"].strip()} for one in line[1:]]
            kind = {"kind": "step", "number": step[1], "title": runs(step[2])}
            parts.append({**kind, "lines": [rest] if rest else []})
        elif bold and len(line) == 1:
            kind = {"kind": "saying" if head["text"][0] in "„“" else "heading", "title": runs(head["text"])}
            parts.append({**kind, "lines": []})
        elif parts and "title" in parts[-1]:
            parts[-1]["lines"].append(line)
        else:
            parts.append({"kind": "paragraph", "lines": [line]})
    return parts


def _slides(text: Material, spoken: str) -> Data:
    slides: list[Data] = []
    for block in (text.section("slides") or text.sections[1]).blocks:
        if block["kind"] == "heading":
            slides.append({"title": re.sub(r"^\d+\. ", "", block["text"]), "lines": [], "drawing": None})
            continue
        for line in block["lines"]:
            label, rest = _words(line[:1]), _words(line[1:])
            if label.startswith(("Skaidrėje", "On the slide")):
                slides[-1]["lines"] = [runs(one) for one in _thoughts(rest)]
            elif label.startswith(("Piešinys", "Drawing")):
                slides[-1]["drawing"] = _drawing(rest.strip(". "), spoken)
    return {"slides": slides}


def _thoughts(text: str) -> list[str]:
    """What stands on a slide, one thought a line."""
    if " · " in text:
        return text.split(" · ")
    if re.match(r"1\. ", text):
        return [one.strip() for one in re.split(r"(?=\d\. )", text) if one.strip()]
    return [one.strip() for one in re.split(r"(?<=[.?!]) (?=[A-ZĄČĘĖĮŠŲŪŽ])", text)]


PANELS = (
    "gaming",
    "comic_ribbon",
    "comic_river",
    "excessive_use",
    "talk_at_the_table",
    "comic_bridge",
    "children",
    "excessive_use",
)


def _comic(text: Material, spoken: str) -> Data:
    panels: list[Data] = []
    for number, drawing in enumerate(PANELS, 1):
        section = text.section(f"page-{number}")
        if section is None:
            raise LookupError(f"no page {number}")
        panel = _panel(section, drawing)
        panels.append(panel if drawing.startswith("comic_") else {**panel, "alt": described(drawing, spoken)})
    helped = text.section("help")
    return {
        "cover": _drawing("excessive_use", spoken),
        "panels": panels,
        "help": helped.blocks if helped else [],
        "help_title": helped.title if helped else "",
    }


def _panel(section: Section, drawing: str) -> Data:
    said: list[Data] = []
    found: Data = {"title": section.title, "drawing": drawing, "alt": "", "tricks": [], "tricks_title": ""}
    for block in section.blocks:
        if block["kind"] == "list":
            found["tricks"] = block["items"]
            continue
        for line in block["lines"]:
            words = _words(line)
            who, colon, rest = words.partition(": ")
            if who in {"Picture", "Piešinys"}:
                alt = re.sub(r'^[„“"][a-z_]+[“”"][.,]?\s*', "", rest)
                found["alt"] = alt[:1].upper() + alt[1:]
            elif line[0]["is"] == "bold":
                found["tricks_title"] = words
            else:
                said.append({"who": who if colon else "", "runs": runs(rest if colon else words)})
    return {**found, "said": said}


def _quiz(slug: str, spoken: str) -> Data:
    told = json.loads((TEXTS / slug / f"{QUIZZES[slug]}.{spoken}.json").read_text(encoding="utf-8"))
    return {
        "title": {"lt": "Klausimai", "en": "Questions"}[spoken],
        "intro": [],
        "scored": False,
        "end": [],
        "questions": [
            {
                "text": one["question"],
                "answers": one["options"],
                "right": one["right"],
                "explanation": one["explanation"],
            }
            for one in told["questions"]
        ],
    }


def _test(age: str, spoken: str) -> Data:
    """The personal test of one audience, from the bank that ships."""
    told = json.loads(BANK.read_text(encoding="utf-8"))["audiences"][age]
    return {
        "title": TESTS[age][spoken == "en"],
        "intro": [told["intro"][spoken]],
        "scored": True,
        "end": [" · ".join(one["name"][spoken] for one in told["help"])],
        "questions": [
            {
                "text": one["question"][spoken],
                "answers": [option["text"][spoken] for option in one["options"]],
                "right": [],
                "explanation": f"{one['step']['title'][spoken]}. {one['step']['text'][spoken]}",
            }
            for one in told["items"]
        ],
    }
