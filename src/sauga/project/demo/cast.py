"""Who the demo's staff are, known before Django is loaded; whether a folder's demo can become this one."""

import json
from importlib.util import find_spec
from pathlib import Path

from sauga.project.cli import CannotRun
from sauga.project.settings.services import SERVICES

CAST = (
    ("analyst@hotline.example", "Rūta Kalnienė", "HOTLINE", ("ANALYST", "NOTICE_OFFICER"), "lt"),
    ("colleague@hotline.example", "Jonas Miškinis", "HOTLINE", ("ANALYST",), "lt"),
    ("reviewer@hotline.example", "Eglė Pajūrytė", "HOTLINE", ("SECOND_REVIEWER",), "lt"),
    ("notices@hotline.example", "Tomas Upelis", "HOTLINE", ("NOTICE_OFFICER",), "en"),
    ("police@hotline.example", "Vaida Girė", "HOTLINE", ("POLICE_LIAISON",), "lt"),
    ("custodian@hotline.example", "Asta Smiltė", "HOTLINE", ("CONTACT_CUSTODIAN",), "lt"),
    ("figures@hotline.example", "Linas Ežeras", "HOTLINE", ("STATISTICIAN",), "en"),
    ("welfare@hotline.example", "Daiva Rytė", "HOTLINE", ("WELFARE_LEAD",), "lt"),
    ("admin@hotline.example", "Mantas Kopa", "HOTLINE", ("ADMINISTRATOR",), "lt"),
    ("data@hotline.example", "Sigita Pelkienė", "HOTLINE", ("DATA_PROTECTION_OFFICER",), "lt"),
    ("legal@hotline.example", "Ramūnas Šilas", "HOTLINE", ("LEGAL_OFFICER",), "lt"),
    ("coordinator@centre.example", "Ieva Pušynė", "CENTRE", ("COORDINATOR", "STATISTICIAN"), "lt"),
    ("auditor@centre.example", "Paulius Krantas", "CENTRE", ("AUDITOR",), "en"),
    ("counsellor@helpline.example", "Ąžuolas Vėjūnas", "HELPLINE", ("COUNSELLOR",), "lt"),
    ("second@helpline.example", "Miglė Takūnaitė", "HELPLINE", ("COUNSELLOR",), "en"),
    ("lead@helpline.example", "Liepa Marytė", "HELPLINE", ("SHIFT_LEAD",), "lt"),
    ("reviewer@helpline.example", "Rasa Lendrė", "HELPLINE", ("LETTER_REVIEWER", "COUNSELLOR"), "lt"),
    ("safety@helpline.example", "Vilius Salys", "HELPLINE", ("SAFEGUARDING_LEAD",), "lt"),
    ("volunteers@helpline.example", "Austėja Klevaitė", "HELPLINE", ("VOLUNTEER_COORDINATOR",), "lt"),
    ("figures@helpline.example", "Dovydas Kranas", "HELPLINE", ("HELPLINE_STATISTICIAN",), "en"),
    ("admin@helpline.example", "Giedrė Versmė", "HELPLINE", ("ADMINISTRATOR", "SERVICE_ADMINISTRATOR"), "lt"),
    ("editor@awareness.example", "Ugnė Audronė", "AWARENESS", ("EDITOR",), "lt"),
    ("second@awareness.example", "Benas Raudonis", "AWARENESS", ("EDITOR",), "en"),
    ("safety@awareness.example", "Jurga Paparte", "AWARENESS", ("SAFEGUARDING_EDITOR",), "lt"),
    ("chief@awareness.example", "Darius Nendrys", "AWARENESS", ("PUBLISHER",), "lt"),
    ("partners@awareness.example", "Simona Žuvėdra", "AWARENESS", ("PARTNER_MANAGER",), "lt"),
    ("admin@awareness.example", "Kęstutis Lakštas", "AWARENESS", ("ADMINISTRATOR",), "lt"),
    ("figures@awareness.example", "Gabija Ledė", "AWARENESS", ("AWARENESS_STATISTICIAN",), "en"),
    ("events@awareness.example", "Rugilė Smiltė", "AWARENESS", ("ORGANISER",), "lt"),
    ("programme@awareness.example", "Tadas Lankas", "AWARENESS", ("PROGRAMME_COMMITTEE",), "en"),
    ("entrance@awareness.example", "Karolis Tiltas", "AWARENESS", ("DOOR_STAFF",), "lt"),
    ("photos@awareness.example", "Monika Vėtra", "AWARENESS", ("PHOTOGRAPHER",), "lt"),
    ("courses@awareness.example", "Rimantė Šilienė", "AWARENESS", ("COURSE_EDITOR",), "lt"),
    ("tutor@awareness.example", "Laurynas Brastas", "AWARENESS", ("TUTOR",), "lt"),
    ("webinars@awareness.example", "Aistė Marienė", "AWARENESS", ("WEBINAR_HOST",), "lt"),
    ("ambassadors@awareness.example", "Kotryna Nidienė", "AWARENESS", ("CERTIFICATION_MANAGER",), "lt"),
    ("board@awareness.example", "Vytautas Marios", "AWARENESS", ("CERTIFICATION_BOARD",), "lt"),
    ("board2@awareness.example", "Eglė Kopaitė", "AWARENESS", ("CERTIFICATION_BOARD",), "lt"),
    ("label@awareness.example", "Inga Beržė", "AWARENESS", ("LABEL_COORDINATOR",), "lt"),
    ("panel@awareness.example", "Skaistė Ežerė", "AWARENESS", ("PANEL_FACILITATOR",), "lt"),
    ("panel2@awareness.example", "Marius Gojus", "AWARENESS", ("PANEL_FACILITATOR",), "lt"),
    ("guard@awareness.example", "Nijolė Gluosnė", "AWARENESS", ("PANEL_SAFEGUARDING_LEAD",), "lt"),
)
"""Address, name, partner, roles, language."""


def refuse_older(data: Path) -> None:
    """Let a demo start in a folder without one, with its own, with one whose making was broken off, and with
    one that lacks people only: they are added.

    A service whose people are missing as well came after the demo in the folder, and its stories need data
    that the former stories did not leave. Raises CannotRun then, before anything is changed.
    """
    people, stories = data / "demo" / "accounts.json", data / "demo" / "played.json"
    if not people.exists() or not stories.exists():
        return
    known = {row["user"] for row in json.loads(people.read_text(encoding="utf-8"))}
    told = json.loads(stories.read_text(encoding="utf-8"))
    untold = [name for name in SERVICES if not told.get(name) and find_spec(f"sauga.{name}.demo")]
    if untold and {user for user, *_ in CAST} - known:
        raise CannotRun(
            f"the demo in {data} is of an older version, which knew nothing of {', '.join(untold)}: remove "
            f"that folder to begin anew, or choose another one with --data. Nothing was changed."
        )
