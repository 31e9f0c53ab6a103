"""Guides of the hotline and the pages they cover."""

from pathlib import Path

from sauga.hotline.permissions import Permission
from sauga.kernel.guides import Guide

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="analyst",
        folder=FOLDER,
        order=20,
        permissions=(Permission.SEE_WORKLIST,),
        covers={
            "hotline": "",
            "hotline-worklist": "worklist",
            "hotline-next": "worklist",
            "hotline-many": "bulk",
            "hotline-item": "item",
            "hotline-item-reveal": "address",
            "hotline-item-country": "item",
            "hotline-item-assess": "verdict",
            "hotline-report": "reports",
            "hotline-watched": "monitoring",
            "hotline-check-now": "monitoring",
            "hotline-mark": "monitoring",
            "hotline-welfare": "limits",
        },
    ),
    Guide(
        slug="notices",
        folder=FOLDER,
        order=21,
        permissions=(Permission.SEE_NOTICES, Permission.SEE_HANDOVERS),
        covers={
            "hotline-notice": "notices",
            "hotline-notices": "notices",
            "hotline-notice-template": "templates",
            "hotline-notice-templates": "templates",
            "hotline-provider": "providers",
            "hotline-providers": "providers",
            "hotline-network": "providers",
            "hotline-contact": "contacts",
            "hotline-contact-add": "providers",
            "hotline-contact-approve": "providers",
            "hotline-contact-retire": "providers",
            "hotline-contacts": "contacts",
            "hotline-handover": "hand-overs",
            "hotline-handovers": "hand-overs",
        },
    ),
    Guide(
        slug="hotline-lead",
        folder=FOLDER,
        order=22,
        permissions=(Permission.SEE_FIGURES, Permission.EDIT_POLICY, Permission.SEE_TRAIL),
        covers={
            "hotline-figures": "statistics",
            "hotline-lists": "lists",
            "hotline-list": "lists",
            "hotline-term": "lists",
            "hotline-policies": "lists",
            "hotline-policy": "lists",
            "hotline-trail": "audit-log",
        },
    ),
    Guide(slug="reporter", folder=FOLDER, order=60, is_desk=False, is_public=True, page="hotline-report"),
    Guide(slug="provider", folder=FOLDER, order=64, is_desk=False, is_public=True),
)
