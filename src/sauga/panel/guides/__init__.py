"""The guides of panel and the pages they cover, subdomain by subdomain."""

from pathlib import Path

from sauga.kernel.guides import Guide

FOLDER = Path(__file__).parent
MEMBERS: tuple[Guide, ...] = ()
VOICE: tuple[Guide, ...] = ()
VOTING: tuple[Guide, ...] = ()
GUIDES = (*MEMBERS, *VOICE, *VOTING)
