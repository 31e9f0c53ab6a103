"""H5P for suitable content: the questions of a quiz as H5P.QuestionSet.

The package describes the content and names the content types it needs (MIT licensed, by their makers); it
does not include their code. A platform that has these content types – Moodle, or another system with the H5P
plugin – opens it; a bare player does not.
"""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused
from sauga.repository.adaptations.editions import Content
from sauga.repository.resources.rules.attribution import SHORT

LIBRARIES = (("H5P.QuestionSet", 1, 20), ("H5P.MultiChoice", 1, 16))
FAMILY = {code: short.removesuffix(" 4.0").removesuffix(" 1.0") for code, short in SHORT.items()}


class NoQuestions(ActionRefused):
    """The content has no question with a right answer, so there is nothing for H5P."""

    message = _("There is no question with a right answer, so an H5P package cannot be made.")


def questions(content: Content, language: str) -> list[dict[str, Any]]:
    """Questions with a right answer, in order."""
    found = [
        block
        for section in content["sections"]
        for block in section["blocks"][language]
        if block["kind"] == "question"
    ]
    return [block for block in found if block["right"]]


def files(content: Content, language: str) -> dict[str, bytes]:
    """The files of the package. Raises NoQuestions."""
    asked = questions(content, language)
    if not asked:
        raise NoQuestions
    licence = FAMILY.get(content["licence"], "U")
    described = {
        "title": content["title"][language][:255],
        "language": language,
        "mainLibrary": "H5P.QuestionSet",
        "embedTypes": ["iframe"],
        "license": licence,
        **(
            {"licenseVersion": "1.0" if licence.startswith("CC0") else "4.0"}
            if licence.startswith("CC")
            else {}
        ),
        "authors": [{"name": content["organisation"], "role": "Author"}],
        "licenseExtras": "\n".join(content["credits"][language]),
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, major, minor in LIBRARIES
        ],
    }
    body = {
        "progressType": "textual",
        "passPercentage": 50,
        "introPage": {
            "showIntroPage": True,
            "title": content["title"][language],
            "introduction": content["abstract"][language],
        },
        "questions": [
            _question(block, f"{content['ref']}:{language}:{place}") for place, block in enumerate(asked)
        ],
    }
    return {"h5p.json": _json(described), "content/content.json": _json(body)}


def _question(block: dict[str, Any], name: str) -> dict[str, Any]:
    answers = [
        {
            "correct": place in block["right"],
            "text": f"<div>{_plain(text)}</div>",
            **_feedback(block.get("explanation", "")),
        }
        for place, text in enumerate(block["answers"])
    ]
    return {
        "library": "H5P.MultiChoice 1.16",
        "subContentId": str(uuid5(NAMESPACE_URL, name)),
        "params": {
            "question": f"<p>{_plain(block['text'])}</p>",
            "answers": answers,
            "behaviour": {
                "singlePoint": False,
                "randomAnswers": False,
                "type": "multi" if len(block["right"]) > 1 else "single",
            },
        },
        "metadata": {"contentType": "Multiple Choice", "license": "U", "title": block["text"][:100]},
    }


def _feedback(explanation: str) -> dict[str, Any]:
    """The feedback on a chosen answer."""
    if not explanation:
        return {}
    said = f"<div>{_plain(explanation)}</div>"
    return {"tipsAndFeedback": {"tip": "", "chosenFeedback": said, "notChosenFeedback": ""}}


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()
