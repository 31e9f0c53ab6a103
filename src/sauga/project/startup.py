"""Loading Django, the same way in every process."""

import gc

import django


def load_django(*, set_prefix: bool = True) -> None:
    """`django.setup`, without looking for garbage meanwhile.

    What is imported stays until the process ends: collecting takes a fifth of the start, and later
    collections need not look at it either.
    """
    gc.disable()
    try:
        django.setup(set_prefix=set_prefix)
    finally:
        gc.enable()
    gc.freeze()
