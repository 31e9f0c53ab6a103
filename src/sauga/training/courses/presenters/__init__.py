"""How courses read: states, kinds, what is missing, in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.kit.lists import Mark
from sauga.training.courses.models import Activity, CourseVersion, Module
from sauga.training.courses.queries.versions import place_of
from sauga.training.courses.rules.content import Problem
from sauga.training.states import VersionState

STATES: dict[str, Mark] = {
    VersionState.DRAFT: Mark("wait", "dashed", pgettext_lazy("course", "draft")),
    VersionState.IN_REVIEW: Mark("act", "half", pgettext_lazy("course", "in review")),
    VersionState.PUBLISHED: Mark("good", "", pgettext_lazy("course", "published")),
    VersionState.REPLACED: Mark("calm", "", pgettext_lazy("course", "replaced by a newer version")),
}
KINDS: dict[str, Any] = {
    "page": pgettext_lazy("activity", "Page"),
    "video": pgettext_lazy("activity", "Video"),
    "quiz": pgettext_lazy("activity", "Quiz"),
    "file": pgettext_lazy("activity", "File"),
    "discussion": pgettext_lazy("activity", "Discussion in a small group"),
    "assignment": pgettext_lazy("activity", "Assignment"),
    "webinar": pgettext_lazy("activity", "Webinar"),
    "session": pgettext_lazy("activity", "Supervised session"),
    "package": pgettext_lazy("activity", "Imported package"),
    "lti": pgettext_lazy("activity", "External tool"),
}
ICONS = {
    "page": "file-text",
    "video": "play",
    "quiz": "list-checks",
    "file": "download",
    "discussion": "message-circle",
    "assignment": "pencil",
    "webinar": "play",
    "session": "users",
    "package": "package",
    "lti": "external-link",
}
REMOVED: dict[str, Any] = {
    "module": pgettext_lazy("removed", "module with its activities"),
    "activity": pgettext_lazy("removed", "activity"),
    "item": pgettext_lazy("removed", "question"),
}
PROBLEMS: dict[str, Any] = {
    "course_title": _("The title is missing in one of the languages."),
    "course_summary": _("The summary is missing in one of the languages."),
    "outcomes": _("Say what learners will be able to do."),
    "empty": _("There is no activity yet."),
    "certificate": _("The title of the certificate is missing in one of the languages."),
    "hours": _("The activities take %(where)s minutes together; that does not fit the hours of the course."),
    "title": _("“%(where)s”: the title is missing in one of the languages."),
    "minutes": _("“%(where)s”: say how many minutes it takes."),
    "text": _("“%(where)s”: the text is missing in one of the languages."),
    "prompt": _("“%(where)s”: the task is missing in one of the languages."),
    "topic": _("“%(where)s”: the topic of the webinar is missing in one of the languages."),
    "film": _("“%(where)s”: choose a film."),
    "item": _("“%(where)s”: names a question that the bank does not have."),
    "file": _("“%(where)s”: the file is missing."),
    "package": _("“%(where)s”: bring the package, a SCORM or H5P file."),
    "bank": _("“%(where)s”: choose the questions."),
    "draw": _("“%(where)s”: draws more questions than the bank has with this tag."),
    "pass": _("“%(where)s”: the pass mark is a percentage from 0 to 100."),
    "tool": _("“%(where)s”: choose a tool that is switched on."),
    "rubric": _("“%(where)s”: the assignment needs criteria with at least two levels each."),
    "item_options": _("Question “%(where)s”: give between two and twelve answers."),
    "item_two": _("Question “%(where)s”: true or false has exactly two answers."),
    "item_one_right": _("Question “%(where)s”: exactly one answer is right."),
    "item_no_right": _("Question “%(where)s”: mark at least one answer as right."),
    "item_pair": _("Question “%(where)s”: every line needs its pair."),
    "item_text": _("Question “%(where)s”: the text is missing in one of the languages."),
    "tree_form": _("The completion rule is missing or cannot be read."),
    "tree_size": _("The completion rule has too many parts."),
    "tree_activity": _("The completion rule names an activity that is not there any more."),
    "tree_score": _("The completion rule asks for a score of “%(where)s”, which has none."),
    "proof": _(
        "Whoever completes the course gets a certificate, so the rule must ask for at least one part that "
        "the server grades or a person confirms: a quiz, an assignment, a session, a webinar or an external "
        "tool. A package or a page alone is not enough."
    ),
}


def sentences(found: Sequence[Problem]) -> list[str]:
    """What is missing, one sentence each."""
    return [gettext(str(PROBLEMS[code])) % {"where": where} for code, where in found]


def moved(part: Module | Activity) -> str:
    """Where a part stands after it was moved: said aloud by a screen reader."""
    n, of = place_of(part)
    if isinstance(part, Module):
        return gettext("Moved: “%(name)s” is now module %(n)s of %(of)s.") % {"name": part, "n": n, "of": of}
    return gettext("Moved: “%(name)s” is now %(n)s of %(of)s in “%(module)s”.") % {
        "name": part,
        "n": n,
        "of": of,
        "module": part.module,
    }


def audience(version: CourseVersion) -> str:
    """For whom a course is, in words."""
    return ", ".join(vocab.label("training_roles", code) for code in version.audience)
