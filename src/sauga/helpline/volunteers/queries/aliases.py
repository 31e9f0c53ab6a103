"""What colleagues are called at the desk: a volunteer's alias, else the first name."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from sauga.helpline.volunteers.models import Volunteer


def aliases(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Names by person; two queries at most, none when nobody is asked for."""
    wanted = {key for key in person_ids if key is not None}
    if not wanted:
        return {}
    people: Any = get_user_model()
    names = {key: name.split(" ")[0] for key, name in people.objects.filter(pk__in=wanted).values_list("pk", "name")}
    return names | dict(Volunteer.objects.filter(person__in=wanted).values_list("person_id", "alias"))
