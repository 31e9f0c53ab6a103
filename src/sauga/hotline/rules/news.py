"""What the hotline tells people at their desk about notices; references only, never what a notice is about."""

from django.utils.translation import gettext_lazy as _

NEWS = {
    "hotline.no_rule": _("Item %(ref)s is judged illegal, but no rule says where it goes. It waits for you."),
    "hotline.child_in_danger": _("Report %(ref)s: the reporter says that a child is in danger now."),
    "hotline.handed": _("A colleague put items of the worklist into your hands: %(n)s. They are yours for 20 minutes."),
    "hotline.needs_contact": _("Item %(ref)s needs a notice, but no contact of its provider is approved."),
    "hotline.needs_template": _("Item %(ref)s needs a notice, but no template fits."),
    "hotline.bounced": _("Notice %(ref)s reached nobody: the provider has no other contact."),
    "hotline.disputed": _("A provider disputes notice %(ref)s. A second reviewer decides."),
    "hotline.refused": _("A provider refused notice %(ref)s."),
    "hotline.no_next_contact": _("Notice %(ref)s: the provider has no further contact to write to."),
    "hotline.no_upstream": _("Notice %(ref)s should go to the upstream network, but none with a contact is known."),
    "hotline.to_approve": _("Notice %(ref)s was followed by one that two people must approve."),
    "hotline.to_police": _("Notice %(ref)s was in vain; its items go to the police."),
    "hotline.approve_export": _("File %(ref)s holds many addresses. A second person has to approve it before it can be downloaded."),
    "hotline.no_reference": _("Records of hand-overs without the recipient's number: %(n)s. Please add the numbers."),
    "hotline.to_registrar": _("Notice %(ref)s was in vain; find the domain's registrar."),
    "hotline.to_coordinator": _("Notice %(ref)s was in vain; the Digital Services Coordinator is to be told."),
}
ALERTS = frozenset({"hotline.child_in_danger"})
"""What cannot wait for somebody to look: raised as alerts, acknowledged by name, escalated by `policy.alerts_hotline`."""
