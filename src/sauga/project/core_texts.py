"""Which texts a person in need meets, so that a language with some journeys only must have every one of them.

They are found by where they stand: public templates of the helpline, the hotline's reports and the portal's
first pages, the forms and presenters behind them, and what every public page has. Rather too many than too
few: a text that is translated and never shown costs nothing. `tests/flows/test_core_languages.py` reads the
pages themselves.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLACES = re.compile(
    r"helpline/templates/helpline/[a-z]+/public/"
    r"|helpline/chat/(forms/child|presenters/child|rules/prompts|rules/messaging|actions/(child|messages|queue))\.py"
    r"|helpline/chat/views/(child|child_pages|visitor_session)\.py"
    r"|helpline/calls/(views/browser_call)\.py"
    r"|helpline/letters/(actions/letters|views/public)\.py"
    r"|helpline/overview/views/(adult|coming_back|help)\.py"
    r"|helpline/rota/presenters/opening\.py"
    r"|hotline/templates/hotline/reports/public/"
    r"|hotline/reports/(forms/own_picture|forms/public|views/public_own_picture|views/public_report)\.py"
    r"|hotline/templatetags/"
    r"|kernel/i18n/"
    r"|kernel/refusals\.py"
    r"|kernel/sealed/errors\.py"
    r"|kernel/ui/(errors|apps|language)\.py"
    r"|kernel/ui/templates/ui/(public/|bare\.html|errors/)"
    r"|kernel/ui/templates/ui/components/_(come_back|confirm|discreet|empty|error_summary|field|loading|offline"
    r"|once|progress|receipt|state|thread|timeline|toast|trouble)\.html"
    r"|portal/templates/portal/public/(accessibility|bare_home|core_home|feedback|feedback_back|feedback_sent"
    r"|offline|privacy)\.html"
    r"|portal/(rules/open_times|views/feedback)\.py"
    r"|project/settings/"
)
"""Files of which every text is needed, from the folder of the product."""
VOCABULARIES = (
    "age_band",
    "confidentiality_ground",
    "door_reason",
    "feedback_question",
    "gate_checks",
    "mood",
    "prechat_topic",
    "referral_target",
    "report.access_note",
    "report.choice",
    "report.reporter_kind",
    "self_urgency",
    "yes_no_unknown",
)
"""Lists whose terms are shown to somebody in need; their translations are texts with the context
`term:<list>`, and `term:<list>:<name>` for what a term says besides."""

type Text = tuple[str, str]


def is_needed(place: str) -> bool:
    """Whether a text that stands there is needed in every language with pages."""
    return PLACES.match(place) is not None


def of_data(root: Path) -> Iterator[tuple[str, str, str]]:
    """Context, English words and place of each text that is kept as data."""
    for path in sorted(root.glob("*/data/*_vocabularies.json")):
        lists = json.loads(path.read_text(encoding="utf-8")).get("vocabularies") or {}
        for name in VOCABULARIES:
            for term in lists.get(name, {}).get("terms", ()):
                for context, words in _of_term(name, term):
                    yield context, words, f"{path.relative_to(root)}: {term['code']}"
    yield from _of_lines(root / "portal" / "data" / "help.csv", root)
    texts = root / "helpline" / "data" / "helpline_texts.json"
    if texts.exists():
        for card in json.loads(texts.read_text(encoding="utf-8"))["cards"]:
            for name in ("name", "words", "hours"):
                if english := card[name].get("en"):
                    yield f"card:{card['code']}:{name}", english, f"{texts.relative_to(root)}: {card['code']}"


def _of_lines(lines: Path, root: Path) -> Iterator[tuple[str, str, str]]:
    """Names of the lines that can be called, and for whom they are."""
    if not lines.exists():
        return
    with lines.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in ("name", "for_whom"):
                if row["phone"] and row["for_whom_en"] and (english := row[f"{name}_en"]):
                    yield f"help:{row['code']}:{name}", english, f"{lines.relative_to(root)}: {row['code']}"


def _of_term(name: str, term: dict[str, Any]) -> Iterator[Text]:
    yield f"term:{name}", term["en"]
    for key, value in term.items():
        if key.endswith("_en") and isinstance(value, str) and value:
            yield f"term:{name}:{key.removesuffix('_en')}", value
