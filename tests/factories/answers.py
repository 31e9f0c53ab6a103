"""Answers read as a browser reads them."""

import asyncio

from django.http.response import HttpResponseBase


def body(answer: HttpResponseBase) -> bytes:
    """All bytes of an answer, also of one that is sent piece by piece."""

    async def read() -> bytes:
        return b"".join([piece async for piece in answer])  # type: ignore[attr-defined]  # streamed, as asked below

    content: bytes = asyncio.run(read()) if answer.streaming else answer.content  # type: ignore[attr-defined]  # every answer has one of both
    return content
