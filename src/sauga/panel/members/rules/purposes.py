"""What members and guardians are asked: the codes, and for which one the member is a member at all."""

TAKE_PART = "panel.take_part"
ONLINE = "panel.online"
QUOTES = "panel.quotes"
PHOTOS = "panel.photos"
ALL = (TAKE_PART, ONLINE, QUOTES, PHOTOS)
OPTIONAL = (ONLINE, QUOTES, PHOTOS)
PANEL = "panel"
"""The name of the system actor that makes accounts and ends them for the panel."""
ASK_AGAIN, OWN_WISH, FACILITATOR, SAFETY = "ASK_AGAIN", "OWN_WISH", "FACILITATOR", "SAFETY"
"""Why a member is paused."""
