"""Forms of authoring."""

import json
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, override

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sauga.events.programme.forms import Words, WordsForm, shown_words
from sauga.kernel import media, vocab
from sauga.kernel.i18n import language_name, languages
from sauga.kernel.refusals import also_refused
from sauga.training.courses.actions import drafts
from sauga.training.courses.forms.packages import inspected_package, package_fields
from sauga.training.courses.models import Activity, CourseVersion, Item
from sauga.training.courses.queries.versions import Content, films
from sauga.training.courses.rules import notation
from sauga.training.courses.rules.content import KINDS, SCORED
from sauga.training.courses.rules.items import ItemKind
from sauga.training.courses.rules.notation import LineUnfit
from sauga.training.tools import forms as tools

LONG = 40_000
ITEM_KINDS: dict[str, Any] = {
    ItemKind.SINGLE: _("One right answer"),
    ItemKind.MULTIPLE: _("Several right answers"),
    ItemKind.TRUEFALSE: _("True or false"),
    ItemKind.ORDER: _("Put in order"),
    ItemKind.MATCH: _("Match pairs"),
}


class LinesForm(WordsForm):
    """A form with lists typed one a line; `read` turns them into values and says which lines are unfit."""

    def read[T](self, field: str, parse: Callable[[Any], T], given: Any) -> T | None:
        """The value of a list; None, with an error at `field` (of a language) where a line cannot be read."""
        try:
            return parse(given)
        except LineUnfit as unfit:
            for language, numbers in unfit.lines.items():
                text = ngettext(
                    "Line %(lines)s cannot be read. Compare it with the example.",
                    "Lines %(lines)s cannot be read. Compare them with the example.",
                    len(numbers),
                ) % {"lines": ", ".join(map(str, numbers))}
                self.add_error(f"{field}_{language}" if language else field, text)
            return None

    def by_language(self, name: str) -> dict[str, str]:
        """One text field by language, empty ones too."""
        return {row.code: self.cleaned_data.get(f"{name}_{row.code}", "") for row in languages.for_editors()}


class VersionForm(LinesForm):
    """The details of a version."""

    words: ClassVar[Mapping[str, Words]] = {
        "title": Words(_("Title"), 160, is_required=True),
        "summary": Words(_("Summary"), 1000, 4, is_required=True),
        "outcomes": Words(_("What learners will be able to do"), 4000, 5, _("One a line.")),
        "certificate": Words(_("Title of the certificate"), 160),
    }
    hours = forms.DecimalField(label=_("Hours"), min_value=0.5, max_value=400, max_digits=5, decimal_places=1)
    audience = forms.MultipleChoiceField(
        label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.CharField(
        label=pgettext_lazy("course", "Who is responsible"), max_length=120, required=False
    )
    review_by = forms.DateField(
        label=_("To be reviewed by"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    sources = forms.CharField(
        label=_("Sources"),
        required=False,
        max_length=8000,
        help_text=_("One a line: title | publisher | https://address | day checked"),
        widget=forms.Textarea({"rows": 5}),
    )
    first: ClassVar = ("title", "summary", "hours", "audience", "outcomes")

    def __init__(self, *args: Any, version: CourseVersion | None = None, **kwargs: Any) -> None:
        if version is not None:
            kwargs["initial"] = self._shown(version)
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = vocab.choices("training_roles")  # type: ignore[attr-defined]  # a choice field

    def _shown(self, row: CourseVersion) -> dict[str, Any]:
        shown: dict[str, Any] = {
            f"{name}_{code}": text
            for name in ("title", "summary")
            for code, text in getattr(row, name).items()
        }
        for code in (one.code for one in languages.for_editors()):
            shown[f"outcomes_{code}"] = "\n".join(one.get(code, "") for one in row.outcomes)
            shown[f"certificate_{code}"] = row.certificate.get("title", {}).get(code, "")
        names = ("title", "publisher", "url", "checked")
        shown["sources"] = "\n".join(
            " | ".join(one.get(name, "") for name in names).rstrip(" |") for one in row.sources
        )
        return shown | {
            "hours": row.hours,
            "audience": row.audience,
            "owner": row.owner,
            "review_by": row.review_by,
        }

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["outcomes"] = self.read("outcomes", notation.paired, self.by_language("outcomes"))
        said["source_list"] = self.read("sources", notation.sources, said.get("sources", ""))
        return said


class NewCourseForm(VersionForm):
    """A new course: its address, and the details of its first version."""

    code = forms.SlugField(
        label=_("End of its address"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as: school-librarians"),
    )


class CopyForm(forms.Form):
    """The address of a copy."""

    code = forms.SlugField(
        label=_("End of its address"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as: school-librarians"),
    )


class ModuleForm(WordsForm):
    """The name of a module."""

    words: ClassVar[Mapping[str, Words]] = {"title": Words(_("Title"), 160, is_required=True)}

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=shown_words(ModuleForm, row) if row else {}, **kwargs)


def _words(label: Any, rows: int, hint: Any = "", most: int = LONG) -> dict[str, forms.CharField]:
    return {
        row.code: forms.CharField(
            label=_("%(text)s (%(language)s)") % {"text": label, "language": language_name(row.code)},
            max_length=most,
            required=False,
            help_text=hint,
            widget=forms.Textarea({"rows": rows}),
        )
        for row in languages.for_editors()
    }


PAGE_HINT = _(
    "Markdown: ## heading, - list, > quote. Boxes: ::: example, ::: try or ::: remember, and ::: at the end."
)
RUBRIC_HINT = _("A criterion is “# code | title”, each level below it “points | what it takes”.")


class ActivityForm(LinesForm):
    """An activity; which fields it has depends on its kind."""

    words: ClassVar[Mapping[str, Words]] = {"title": Words(_("Title"), 160, is_required=True)}
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=6000)

    def __init__(
        self, *args: Any, kind: str, content: Content, row: Activity | None = None, **kwargs: Any
    ) -> None:
        self.kind, self.content, self.row = kind, content, row
        if row is not None:
            shown = {f"title_{code}": text for code, text in row.title.items()}
            kwargs["initial"] = shown | {"minutes": row.minutes} | self._shown(row.content)
        super().__init__(*args, **kwargs)
        self.fields |= self._more()
        if kind not in KINDS:
            raise ValueError(kind)

    def _more(self) -> dict[str, forms.Field]:
        named = {
            "page": ("text", _words(_("Text"), 24, PAGE_HINT)),
            "discussion": ("prompt", _words(_("Task"), 5)),
            "assignment": ("prompt", _words(_("Task"), 8)),
            "session": ("prompt", _words(_("Task"), 8)),
            "webinar": ("topic", _words(_("Topic"), 1, most=200)),
            "lti": ("prompt", _words(_("What learners do there"), 5)),
        }
        name, fields = named.get(self.kind, ("", {}))
        made: dict[str, forms.Field] = {f"{name}_{code}": field for code, field in fields.items()}
        if self.kind == "assignment":
            rubric = _words(_("Criteria"), 10, RUBRIC_HINT)
            made |= {f"rubric_{code}": field for code, field in rubric.items()}
            made["peers"] = forms.IntegerField(
                label=_("Reviews that everybody writes about the work of others"),
                min_value=0,
                max_value=5,
                initial=0,
            )
        if self.kind == "discussion":
            made["group"] = forms.IntegerField(
                label=_("People in a group"), min_value=2, max_value=30, initial=8
            )
        if self.kind == "video":
            made["film"] = forms.ChoiceField(label=_("Film"), choices=films())
            made["questions"] = forms.CharField(
                label=_("Questions of the film"),
                required=False,
                max_length=2000,
                help_text=_("One a line: the time and the code of a question, such as: 0:35 who-can-help"),
                widget=forms.Textarea({"rows": 4}),
            )
        if self.kind == "file":
            made["upload"] = forms.FileField(
                label=_("File"), required=self.row is None or self.row.file_id is None
            )
        if self.kind == "package":
            made |= {f"text_{code}": field for code, field in _words(_("Introduction"), 4).items()}
            made |= package_fields(is_held=self.row is not None and self.row.file_id is not None)
        if self.kind == "lti":
            made |= tools.activity_fields()
        return made | (self._quiz() if self.kind == "quiz" else {})

    def _quiz(self) -> dict[str, forms.Field]:
        return {
            "items": forms.MultipleChoiceField(
                label=_("Questions that everybody gets"),
                choices=[(code, str(row)) for code, row in self.content.items.items()],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
            "draws": forms.CharField(
                label=_("Drawn from the bank"),
                required=False,
                max_length=1000,
                help_text=_("One a line: a tag and how many, such as: privacy 3"),
                widget=forms.Textarea({"rows": 3}),
            ),
            "pass_mark": forms.IntegerField(
                label=_("Passed from (percent)"), min_value=0, max_value=100, initial=70
            ),
            "attempts": forms.IntegerField(
                label=_("Tries (0: as many as one likes)"), min_value=0, max_value=20, initial=3
            ),
            "limit": forms.IntegerField(
                label=_("Time limit in minutes"), min_value=1, max_value=240, required=False
            ),
        }

    def _shown(self, held: Mapping[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for name in ("text", "prompt", "topic"):
            shown |= {f"{name}_{code}": text for code, text in (held.get(name) or {}).items()}
        for row in languages.for_editors():
            shown[f"rubric_{row.code}"] = notation.rubric_text(held.get("rubric", ()), row.code)
        bank = held.get("bank", ())
        shown["items"] = [part for part in bank if isinstance(part, str)]
        shown["draws"] = "\n".join(f"{part['tag']} {part['draw']}" for part in bank if isinstance(part, dict))
        shown["questions"] = "\n".join(
            f"{notation.moment(one['at'])} {one['item']}" for one in held.get("questions", ())
        )
        return (
            shown
            | tools.activity_shown(held)
            | {
                "film": held.get("film", ""),
                "peers": held.get("peers", 0),
                "group": held.get("group", 8),
                "pass_mark": held.get("pass", 70),
                "attempts": held.get("attempts", 3),
                "limit": held.get("limit"),
                "least": held.get("least") or None,
                "is_download": held.get("is_download", False),
            }
        )

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kept = dict(self.row.content) if self.row else {}
        said["content"] = kept | self._content(said)
        if self.kind == "file" and said.get("upload"):
            upload = said["upload"]
            try:
                kinds = {media.Kind.PDF, media.Kind.DOCUMENT, media.Kind.IMAGE, media.Kind.AUDIO}
                said["found"] = media.inspect(upload.read(), upload.name, kinds=kinds)
            except media.FileRefused as refused:
                self.add_error("upload", refused.text)
        if self.kind == "package" and said.get("upload"):
            said["found"], problems = inspected_package(said["upload"])
            for one in problems:
                self.add_error("upload", one.text)
        return said

    def _content(self, said: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name in ("text", "prompt", "topic"):
            if f"{name}_{languages.DEFAULT}" in self.fields:
                made[name] = {code: text for code, text in self.by_language(name).items() if text}
        match self.kind:
            case "assignment":
                made["rubric"] = self.read("rubric", notation.rubric, self.by_language("rubric"))
                made["peers"] = said.get("peers") or 0
            case "discussion":
                made["group"] = said.get("group") or 8
            case "video":
                made["film"] = said.get("film", "")
                made["questions"] = self.read("questions", notation.moments, said.get("questions", ""))
            case "package":
                made["least"] = said.get("least") or 0
                made["is_download"] = bool(said.get("is_download"))
            case "quiz":
                draws = self.read("draws", notation.draws, said.get("draws", "")) or []
                made["bank"] = [*said.get("items", ()), *draws]
                made["pass"], made["attempts"] = said.get("pass_mark") or 0, said.get("attempts") or 0
                made["limit"] = said.get("limit")
            case "lti":
                made |= tools.activity_content(self, said)
        return made


ANSWERS_HINT = _(
    "One a line: “+ right answer” or “- wrong answer”; behind it “ :: ” and what to say about it. In order: "
    "only the lines, in their right order. Pairs: “left = right”."
)


class ItemForm(LinesForm):
    """A question of the bank."""

    words: ClassVar[Mapping[str, Words]] = {
        "text": Words(_("Question"), 600, 2, is_required=True),
        "options": Words(_("Answers"), 6000, 6, ANSWERS_HINT, is_required=True),
        "explanation": Words(_("Explanation after answering"), 1000, 3),
    }
    first: ClassVar = ("kind", "text", "options")
    kind = forms.ChoiceField(label=_("Kind of question"), choices=list(ITEM_KINDS.items()))
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=200,
        help_text=_("Separated by spaces; quizzes draw by them."),
    )

    def __init__(self, *args: Any, row: Item | None = None, **kwargs: Any) -> None:
        if row is not None:
            shown: dict[str, Any] = {"kind": row.kind, "tags": " ".join(row.tags)}
            for one in languages.for_editors():
                shown[f"text_{one.code}"] = row.text.get(one.code, "")
                shown[f"explanation_{one.code}"] = row.explanation.get(one.code, "")
                shown[f"options_{one.code}"] = notation.options_text(row.kind, row.options, one.code)
            kwargs["initial"] = shown
        super().__init__(*args, **kwargs)

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        kind = said.get("kind", "")
        texts = {code: text for code, text in self.by_language("options").items() if text}
        said["options"] = self.read("options", lambda given: notation.options(kind, given), texts)
        if said["options"] is not None:
            also_refused(self, drafts.item_refusals(kind, said["options"]))
        said["tag_list"] = said.get("tags", "").split()
        return said


class RuleForm(forms.Form):
    """The completion rule: which activities are needed, some with a percentage. A rule that says more is
    written as JSON."""

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        self.content = content
        tree = content.version.completion
        chosen = notation.simple_rule(tree)
        super().__init__(*args, **kwargs)
        for n, one in enumerate(content.activities):
            self.fields[f"need_{n}"] = forms.BooleanField(
                label=str(one), required=False, initial=one.code in (chosen or {})
            )
            if one.kind in SCORED:
                self.fields[f"score_{n}"] = forms.IntegerField(
                    label=_("%(title)s: at least so many percent") % {"title": str(one)},
                    min_value=0,
                    max_value=100,
                    required=False,
                    initial=(chosen or {}).get(one.code) or None,
                )
        self.fields["completion"] = forms.CharField(
            label=_("As JSON, for a rule that says more"),
            required=False,
            max_length=8000,
            initial="" if chosen is not None else json.dumps(tree, ensure_ascii=False, indent=1),
            help_text=_(
                'Such as {"any": [{"done": "a"}, {"at_least": 2, "of": […]}]}; it replaces the ticks.'
            ),
            widget=forms.Textarea({"rows": 6, "class": "code"}),
        )

    @override
    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if text := said.get("completion", ""):
            try:
                said["tree"] = json.loads(text)
            except (ValueError, RecursionError):
                self.add_error("completion", _("This is not JSON."))
            return said
        said["tree"] = notation.rule_of(
            {
                one.code: said.get(f"score_{n}") or 0
                for n, one in enumerate(self.content.activities)
                if said.get(f"need_{n}")
            }
        )
        if not said["tree"]["all"]:
            self.add_error(None, _("Tick at least one activity, or write a rule as JSON."))
        return said
