"""Errors for programs: what happened and what to do next, as JSON. Always in English, as the documentation of an interface is."""

from typing import Annotated

from ninja import Schema
from pydantic import Field


class Trouble(Schema):
    """What went wrong."""

    code: str = Field(description="A word for programs.", examples=["unknown_code"])
    message: str = Field(description="What happened.")
    next: str = Field(description="What to do next.")
    field: Annotated[str, Field(description="The parameter that was not understood, if it was one.")] = ""


class Refused(Exception):
    """The answer is a trouble with this status."""

    def __init__(self, status: int, trouble: Trouble) -> None:
        super().__init__(trouble.code)
        self.status, self.trouble = status, trouble
