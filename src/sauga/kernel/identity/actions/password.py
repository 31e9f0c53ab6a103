"""What a password must be."""

from django.contrib.auth.password_validation import validate_password

from sauga.kernel.identity.models import Person


def check_password_strength(password: str, person: Person) -> None:
    """Raises ValidationError with words for the form when the password is short, common, or made from the
    person's name or mail."""
    validate_password(password, person)
