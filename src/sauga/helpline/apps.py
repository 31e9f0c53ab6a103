"""Registers the helpline: what its trail may hold, who may do what, where its pages are offered."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HelplineConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.helpline"
    label = "helpline"
    service = True

    def ready(self) -> None:
        from sauga.helpline.rules import own
        from sauga.helpline.rules.news import register_news
        from sauga.helpline.rules.permissions import DEFAULT_ROLES, EVERYWHERE, LABELS, SYSTEM, TWO_PEOPLE, Permission
        from sauga.helpline.rules.safety import RULES
        from sauga.helpline.trail import FACTS, Trail
        from sauga.kernel import audit, notices, rate_limits
        from sauga.kernel.identity import permissions

        register_news()
        rate_limits.use_lane(rate_limits.Lane.LIVE, "/chat/", "/desk/helpline/chat/", "/call/", "/desk/helpline/line/")
        rate_limits.use_lane(rate_limits.Lane.RETURN, endings=("/grizti/", "/return/"))
        audit.register(Trail, FACTS)
        rules = {**RULES, Permission.WRITE_UP: own.may_write_up}
        permissions.register(
            "helpline",
            Permission,
            DEFAULT_ROLES,
            labels=LABELS,
            rules=rules,
            everywhere=EVERYWHERE,
            two_people=TWO_PEOPLE,
            zones=("helpline",),
        )
        for name, held in SYSTEM.items():
            permissions.register_system(name, held)
        self._say_notices()
        self._publish_figures()
        from sauga.helpline import receivers

        receivers.register()
        self._open_channels()
        self._offer_pages()
        self._let_leave()
        self._say_hours()
        self._count_the_day()
        from sauga.helpline.rules.rota_news import register_rota_news

        register_rota_news()
        notices.register_template("helpline.letter_immediate", _("A letter that sounds of immediate danger has come: %(ref)s"))
        notices.register_template("helpline.letter_unread", _("Letter %(ref)s has not been read for risk in time."))
        notices.register_template("helpline.letter_overdue", _("Letter %(ref)s: the answer is overdue."))
        self._call_people()

    def _count_the_day(self) -> None:
        """What stands at the top of “My day”, and the cards below."""
        from sauga.helpline.queries import day
        from sauga.helpline.rules.permissions import Permission as P
        from sauga.helpline.views import day as cards
        from sauga.kernel.identity import home

        for order, (code, label, count, permission, url) in enumerate(
            (
                ("waiting", _("Waiting for a conversation"), day.people_waiting, P.TALK, "helpline-desk"),
                ("letters", _("Letters to answer"), day.letters_waiting, P.ANSWER_LETTER, "helpline-letters"),
                ("review", _("Answers to review"), day.letters_to_review, P.REVIEW_LETTER, "helpline-letters"),
                ("concerns", _("Proposals for the second person"), day.concerns_to_decide, P.APPROVE_BREAK, "helpline-concerns"),
                ("shifts", _("My shifts in two weeks"), day.shifts_of_mine, P.CLAIM_SHIFT, "helpline-rota"),
                ("places", _("Free places in the rota"), day.free_places, P.SEE_ROTA, "helpline-rota"),
            ),
            10,
        ):
            home.register(home.Counter(f"helpline.{code}", label, count, permission=permission, url_name=url, order=order))
        cards.offer()

    def load_data(self, at: datetime) -> str:
        """What `sauga init` loads beside the vocabularies."""
        from sauga.helpline.actions.hours import load_hours
        from sauga.helpline.actions.texts import load_texts

        return f"{load_hours(at)}; {load_texts(at)}"

    def _call_people(self) -> None:
        """Whom an alert of the line calls."""
        from sauga.helpline.queries.queue import leads_present
        from sauga.helpline.rules.news import ALERTS, ON_DUTY_LEADS
        from sauga.helpline.rules.permissions import DEFAULT_ROLES, Permission
        from sauga.kernel import notices

        on_duty = notices.Target(_("shift leads on duty"), lambda: [duty.person for duty in leads_present()])
        notices.register_alerts(
            notices.AlertService(
                code="helpline",
                zone="helpline",
                label=_("Helpline"),
                kinds=ALERTS,
                roles=tuple(DEFAULT_ROLES),
                otherwise="SHIFT_LEAD",
                edit=Permission.EDIT_POLICY,
                targets={ON_DUTY_LEADS: on_duty},
            )
        )

    def _say_notices(self) -> None:
        from sauga.helpline.rules.safety import NOTICES
        from sauga.kernel import notices

        for code, words in NOTICES.items():
            notices.register_template(code, words)

    def _let_leave(self) -> None:
        """Leaving quickly ends a conversation too. The pages are loaded when somebody leaves, not at start."""
        from sauga.kernel.ui import leaving

        def leave(request: Any, response: Any) -> None:
            from sauga.helpline.views.leaving import leave_chat

            leave_chat(request, response)

        leaving.on_leave("helpline", leave)

        def where() -> str:
            from sauga.kernel import vocab

            return str(vocab.policy("policy.leaving")["to"])

        leaving.lead_to(where)

    def _say_hours(self) -> None:
        """Every page that names the line says of its hours what the rota says, in the words of the help page."""
        from sauga.kernel.ui import opening

        def reach(at: datetime) -> opening.Reach:
            from sauga.helpline.queries.opening import openings
            from sauga.helpline.views import opening_words

            said = opening_words.phone(openings(at, ["PHONE"])["PHONE"], at)
            return opening.Reach(said.is_open, (said.badge, *said.lines), "helpline-help")

        opening.answer_for("child_helpline", reach)

    def _publish_figures(self) -> None:
        from sauga.helpline.figures import register_all

        register_all()

    def _open_channels(self) -> None:
        """Who may hear that something is new; the signal itself says nothing more."""
        from sauga.helpline.rules.permissions import Permission as P
        from sauga.kernel import live

        def holds(*wanted: P) -> Any:
            return lambda actor, channel: any(actor.can(permission) for permission in wanted)

        live.register_channel("helpline.chat.*", holds(P.TALK, P.LISTEN_IN))
        live.register_channel("helpline.queue", holds(P.BE_ON_DUTY, P.LEAD_SHIFT))
        live.register_channel("helpline.letters", holds(P.ANSWER_LETTER, P.REVIEW_LETTER))
        live.register_channel("helpline.calls", holds(P.TAKE_CALL, P.LEAD_SHIFT))
        live.register_channel("helpline.rota", holds(P.SEE_ROTA, P.EDIT_ROTA))
        live.register_channel("helpline.safety", holds(P.RAISE_CONCERN, P.APPROVE_BREAK, P.PROPOSE_BREAK))

    def _offer_pages(self) -> None:
        from sauga.helpline.rules.permissions import Permission as P
        from sauga.kernel.ui.navigation import Item, Place, PublicDoor, register, register_public

        register_public(
            PublicDoor(
                url="helpline-help",
                label=pgettext_lazy("child", "Talk"),
                icon="message-circle",
                places=frozenset({Place.BAR, Place.CARD, Place.MENU, Place.FOOT}),
                title=_("I want to talk"),
                summary=_("With a person, free, without your name. In writing, by phone or by letter."),
                order=10,
            )
        )
        register_public(
            PublicDoor(
                url="helpline-return",
                label=_("Come back to your conversation or letter"),
                icon="key-round",
                places=frozenset({Place.RETURN, Place.FOOT}),
                order=31,
            )
        )
        register(
            Item(
                url="helpline-desk",
                label=_("Helpline"),
                icon="message-circle",
                order=10,
                permissions=(P.TALK, P.REVIEW_LETTER, P.SEE_ROTA),
                children=(
                    Item(url="helpline-desk", label=_("Conversations"), icon="message-circle", order=1, permissions=(P.TALK,)),
                    Item(url="helpline-letters", label=_("Letters"), icon="mail", order=2, permissions=(P.ANSWER_LETTER, P.REVIEW_LETTER)),
                    Item(url="helpline-calls", label=_("Calls"), icon="phone", order=3, permissions=(P.TAKE_CALL,)),
                    Item(url="helpline-board", label=_("Shift now"), icon="activity", order=4, permissions=(P.LEAD_SHIFT,)),
                    Item(url="helpline-rota", label=_("Rota"), icon="calendar", order=5, permissions=(P.SEE_ROTA,)),
                ),
            )
        )
        for order, (url, label, icon, permission) in enumerate(
            (
                ("helpline-concerns", _("Safeguarding"), "shield-alert", P.RAISE_CONCERN),
                ("helpline-cases", _("Cases"), "folder", P.KEEP_CASE),
                ("helpline-referrals", _("Referrals"), "send", P.REFER),
                ("helpline-volunteers", _("Volunteers"), "users", P.EDIT_VOLUNTEERS),
                ("helpline-quality", _("Quality"), "list-checks", P.SAMPLE_QUALITY),
                ("helpline-figures", _("Helpline figures"), "chart-column", P.SEE_FIGURES),
                ("helpline-texts", _("Texts of the line"), "scroll-text", P.EDIT_TEXTS),
                ("helpline-policies", _("Settings of the line"), "settings", P.EDIT_POLICY),
                ("helpline-trail", _("Trail"), "scroll-text", P.SEE_TRAIL),
            ),
            11,
        ):
            register(Item(url=url, label=label, icon=icon, order=order, permissions=(permission,)))
