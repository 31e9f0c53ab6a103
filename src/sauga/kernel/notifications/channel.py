"""The live channel that signals a person's pages when their notifications or alerts have changed."""


def channel_of(person_id: int) -> str:
    """`notices.person.<number>`; only that person may listen."""
    return f"notices.person.{person_id}"
