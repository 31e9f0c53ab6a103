"""Errors of the JSON API: what happened and what to do next. Always in English, like the documentation of the
API."""

from typing import Annotated

from ninja import Schema
from pydantic import Field


class ApiError(Schema):
    """An error of the API."""

    code: str = Field(description="A word for programs.", examples=["unknown_code"])
    message: str = Field(description="What happened.")
    next: str = Field(description="What to do next.")
    field: Annotated[str, Field(description="The parameter that was not understood, if it was one.")] = ""


class ApiRefused(Exception):
    """Answer the request with this error and status."""

    def __init__(self, status: int, trouble: ApiError) -> None:
        super().__init__(trouble.code)
        self.status, self.trouble = status, trouble
