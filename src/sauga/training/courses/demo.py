"""The demo's course with an imported package: a lesson in two pages that was written for this product, packed
as SCORM 1.2 when the demo is made, and imported as an editor would."""

from datetime import datetime, timedelta
from decimal import Decimal
from importlib.resources import files

from sauga.kernel import media
from sauga.kernel.kit.demo import Cast
from sauga.repository.deployments.packages import archive
from sauga.training.courses.actions import drafts, publication
from sauga.training.courses.actions.drafts import ActivityGiven, ItemGiven, VersionGiven
from sauga.training.courses.models import CourseVersion

CODE = "stronger-sign-in"
LESSON, PAGE, QUIZ = "lesson", "why", "check"
TITLE = {"lt": "Saugesnis prisijungimas", "en": "Stronger sign-in"}
SUMMARY = {
    "lt": "Pusvalandis visiems, kas darbe jungiasi prie mokyklos ar bibliotekos sistemų: frazė, tvarkyklė, "
    "antras žingsnis.",
    "en": "Half an hour for everybody who signs in at a school or library: a phrase, a manager, a second "
    "step.",
}
OUTCOME = {
    "lt": "Apsaugoti savo darbo paskyras trimis įpročiais.",
    "en": "Protect the accounts of your work by three habits.",
}
TEXT = {
    "lt": """Mokyklos ir bibliotekos paskyrose saugomi vaikų duomenys. Kas prisijungia prie Jūsų paskyros, tas
juos mato. Todėl saugus prisijungimas yra vaikų saugumo dalis.

::: remember
Jei įtariate, kad paskyra pavogta, pirmiausia praneškite IT specialistui, tada keiskite slaptažodį.
:::""",
    "en": """Accounts of schools and libraries hold data about children. Whoever gets into your account sees
them. So a safe sign-in is part of children's safety.

::: remember
If you suspect that an account was stolen, tell your IT colleague first, then change the password.
:::""",
}
INTRODUCTION = {
    "lt": "Dviejų puslapių pamoka su trimis klausimais. Galite sustoti bet kada: tęsite ten, kur baigėte.",
    "en": "A lesson of two pages with three questions. Stop whenever you like: you go on where you stopped.",
}
QUESTIONS = (
    (
        "manager",
        {"lt": "Kur geriausia laikyti slaptažodžius?", "en": "Where are passwords kept best?"},
        {"lt": "Slaptažodžių tvarkyklėje", "en": "In a password manager"},
        {"lt": "Lapelyje ant ekrano", "en": "On a note on the screen"},
    ),
    (
        "second",
        {"lt": "Ką duoda antras žingsnis?", "en": "What does the second step give?"},
        {"lt": "Vien pavogto slaptažodžio nebeužtenka", "en": "A stolen password alone is not enough"},
        {"lt": "Slaptažodis gali būti trumpas", "en": "The password may be short"},
    ),
    (
        "stolen",
        {
            "lt": "Ką daryti pirmiausia, jei paskyra pavogta?",
            "en": "What comes first if an account is stolen?",
        },
        {"lt": "Pranešti IT specialistui", "en": "Tell your IT colleague"},
        {"lt": "Palaukti savaitę", "en": "Wait for a week"},
    ),
)
"""What the server grades: a package alone certifies nobody."""


def lesson() -> bytes:
    """The package, made from its sources. The same sources give the same bytes."""
    folder = files("sauga.training").joinpath("data", "packages", CODE)
    return archive.packed({one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()})


def sign_in_course(cast: Cast, at: datetime) -> CourseVersion:
    """The course, written by one person and published by another."""
    by = cast.actor("COURSE_EDITOR", at)
    given = VersionGiven(
        title=TITLE,
        summary=SUMMARY,
        hours=Decimal("0.5"),
        audience=["teacher", "school_librarian"],
        outcomes=[OUTCOME],
        certificate={"title": TITLE},
    )
    version = drafts.create_course(by=by, code=CODE, given=given, at=at)
    module = drafts.save_module(by=by, version=version, module=None, title=TITLE, at=at)
    page = ActivityGiven(
        kind="page",
        title={"lt": "Kodėl tai svarbu", "en": "Why it matters"},
        minutes=5,
        content={"text": TEXT},
        code=PAGE,
    )
    drafts.save_activity(by=by, module=module, activity=None, given=page, at=at)
    part = ActivityGiven(
        kind="package", title=TITLE, minutes=20, content={"text": INTRODUCTION, "least": 60}, code=LESSON
    )
    found = media.inspect(lesson(), f"{CODE}.zip", kinds={media.Kind.ARCHIVE})
    drafts.save_activity(by=by, module=module, activity=None, given=part, upload=found, at=at)
    for code, text, right, wrong in QUESTIONS:
        options = [{"text": one, "right": one is right, "feedback": {}} for one in (wrong, right)]
        item = ItemGiven(kind="single", text=text, options=options, code=code)
        drafts.save_item(by=by, version=version, item=None, given=item, at=at)
    check = ActivityGiven(
        kind="quiz",
        title={"lt": "Pasitikrinkite", "en": "Check yourself"},
        minutes=5,
        content={"bank": [code for code, *_rest in QUESTIONS], "pass": 60},
        code=QUIZ,
    )
    drafts.save_activity(by=by, module=module, activity=None, given=check, at=at)
    rule = {"all": [{"done": PAGE}, {"done": LESSON}, {"score": QUIZ, "at_least": 60}]}
    version = drafts.set_completion(by=by, version=version, tree=rule, at=at)
    publication.submit(by=by, version=version, at=at)
    when = at + timedelta(days=2)
    return publication.publish(by=cast.actor("PUBLISHER", when), version=version, at=when)
