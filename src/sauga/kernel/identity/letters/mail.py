"""The two letters of identity: an invitation and a link for a new password.

They name no case and no role's powers.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from sauga.kernel.identity.letters.links import link_of
from sauga.kernel.identity.models import Invitation
from sauga.kernel.outbound import add_standard_headers, sync


class NotHanded(Exception):
    """The mail server did not take the letter; the job tries again."""


def compose(invitation: Invitation, at: datetime) -> EmailMessage:
    """The letter in the language of its reader."""
    with translation.override(invitation.language):
        joining = invitation.purpose == Invitation.Purpose.JOIN
        message = EmailMessage()
        message["Subject"] = (
            gettext("Invitation to the Sauga desk")
            if joining
            else gettext("A new password for the Sauga desk")
        )
        name, address = parseaddr(settings.ENV.mail_from)
        message["From"] = Address(display_name=name, addr_spec=address)
        message["To"] = Address(addr_spec=invitation.email)
        message.set_content(_join_text(invitation) if joining else _reset_text(invitation))
    add_standard_headers(message, language=invitation.language, at=at)
    return message


def send(invitation: Invitation, at: datetime) -> None:
    """Hand the letter over. Raises NotHanded when the server did not take it."""
    _, sender = parseaddr(settings.ENV.mail_from)
    handed = sync.send_mail(compose(invitation, at), sender=sender, recipient=invitation.email)
    if not handed.accepted:
        raise NotHanded(handed.code)


def _join_text(invitation: Invitation) -> str:
    return gettext(
        "Hello,\n\nyou are invited to work at the Sauga desk. Open the link, choose a password and set "
        "up one-time codes on your phone. "
        "It takes about five minutes; have a printer or paper at hand, one code is shown only "
        "once.\n\n{link}\n\n"
        "The link works once and for seven days. If you did not expect it, do nothing."
    ).format(link=link_of(invitation))


def _reset_text(invitation: Invitation) -> str:
    return gettext(
        "Hello,\n\nyour administrator has sent you a link for a new password at the Sauga desk.\n\n{link}\n\n"
        "The link works once and for 24 hours. Have the printed recovery code of your vault at hand: "
        "without it the new password opens "
        "the desk, but no sealed case. If you did not ask for this, tell your administrator."
    ).format(link=link_of(invitation))
