"""The one exception by which a job says that a file is refused."""


class Refused(Exception):
    """The file is refused; `why` is a code of `refusals.FileRefused`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
