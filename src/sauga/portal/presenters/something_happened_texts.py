"""The texts of the guided choice “Something happened”, for a child: questions, answers, steps and ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.portal.rules.something_happened import Danger, Goal, Question, Step, What, When

type Text = str | Promise


@dataclass(frozen=True)
class Option:
    """One answer as it is offered; `short` repeats it on the last page."""

    label: Text
    hint: Text = ""
    icon: str = ""
    short: Text = ""


@dataclass(frozen=True)
class Advice:
    """One step: what to do, and a sentence about it. `goal` and `link` lead on where that exists."""

    title: Text
    text: Text
    link: Text = ""
    goal: Goal | None = None


@dataclass(frozen=True)
class Action:
    """What the button of an end says; `call` is the same where it dials a number."""

    label: Text
    icon: str
    note: Text
    call: Text = ""


QUESTIONS: Mapping[Question, tuple[Text, Text]] = {
    Question.WHAT: (
        _("What happened?"),
        _("Tap the closest one. In a few taps you'll know what to do. We don't store anything."),
    ),
    Question.WHEN: (_("Since when?"), _("A rough answer is fine.")),
    Question.DANGER: (_("Is anyone in danger right now?"), _("You or someone else.")),
    Question.WANT: (_("What would help most right now?"), _("You can choose something else later.")),
}
WHAT: Mapping[What, Option] = {
    What.PICTURE: Option(
        _("Other people have my picture"),
        _("They're sharing it, or it's online"),
        "image",
        pgettext_lazy("chosen", "picture"),
    ),
    What.THREAT: Option(
        _("Someone is threatening me"),
        _("They'll show a picture unless I pay or send more"),
        "triangle-alert",
        pgettext_lazy("chosen", "threats"),
    ),
    What.BULLYING: Option(
        _("I'm being bullied"),
        _("In messages, a group, a game"),
        "message-circle",
        pgettext_lazy("chosen", "bullying"),
    ),
    What.CONTACT: Option(
        _("A stranger wants something"),
        _("Pictures, a meeting, a secret"),
        "users",
        pgettext_lazy("chosen", "stranger"),
    ),
    What.HURT: Option(
        _("Someone is hurting me"),
        _("At home, at school or somewhere else"),
        "hand-heart",
        pgettext_lazy("chosen", "someone hurts me"),
    ),
    What.LOW: Option(
        _("I feel really bad"),
        _("Sad, scared, tired of everything"),
        "life-buoy",
        pgettext_lazy("chosen", "I feel bad"),
    ),
    What.FRIEND: Option(
        _("I'm worried about a friend"),
        _("Something's wrong and I don't know how to help"),
        "handshake",
        pgettext_lazy("chosen", "a friend"),
    ),
    What.SEEN: Option(
        _("I saw something scary"),
        _("A picture, a video, a chat"),
        "eye-off",
        pgettext_lazy("chosen", "something seen"),
    ),
    What.ACCOUNT: Option(
        _("Someone took over my account"),
        _("Or is pretending to be me"),
        "key-round",
        pgettext_lazy("chosen", "account"),
    ),
    What.MONEY: Option(
        _("I lost money to a scam"),
        _("I bought, paid or was promised something"),
        "banknote",
        pgettext_lazy("chosen", "money"),
    ),
    What.SCREEN: Option(
        _("Too much screen time"),
        _("Hard to stop, rows at home"),
        "smartphone",
        pgettext_lazy("chosen", "screen time"),
    ),
    What.OTHER: Option(
        _("Something else, or I don't know"),
        _("That's fine. We'll help you work it out"),
        "circle-help",
        pgettext_lazy("chosen", "something else"),
    ),
}
WHEN: Mapping[When, Option] = {
    When.TODAY: Option(_("Today"), _("Just now, or a few hours ago"), "clock"),
    When.DAYS: Option(_("For a few days"), "", "calendar"),
    When.LONG: Option(_("For longer"), _("For weeks or months"), "history"),
}
DANGER: Mapping[Danger, Option] = {
    Danger.YES: Option(
        _("Yes, now"),
        _("Someone may get hurt, or already is hurt"),
        "octagon-alert",
        pgettext_lazy("chosen", "danger"),
    ),
    Danger.UNSURE: Option(
        _("I'm not sure"), "", "circle-help", pgettext_lazy("chosen", "not sure if there is danger")
    ),
    Danger.NO: Option(_("No, not now"), "", "circle-check", pgettext_lazy("chosen", "no danger now")),
}
WANT: Mapping[Goal, Option] = {
    Goal.TALK: Option(_("To talk to someone"), _("Someone who listens. No name needed"), "message-circle"),
    Goal.PICTURE: Option(_("To get the picture removed"), _("Without showing it to anyone"), "image"),
    Goal.REPORT: Option(_("To report it to you"), _("If it may be illegal"), "flag"),
    Goal.PLATFORM: Option(_("To report it to the app or game"), _("Using their own form"), "smartphone"),
    Goal.POLICE: Option(_("Help from the police"), "", "gavel"),
    Goal.ADVICE: Option(_("To know what I can do myself"), "", "book-open"),
}
ANSWERS: Mapping[Question, Mapping[Any, Option]] = {
    Question.WHAT: WHAT,
    Question.WHEN: WHEN,
    Question.DANGER: DANGER,
    Question.WANT: WANT,
}
ENDS: Mapping[What, tuple[Text, Text]] = {
    What.PICTURE: (
        _("It's not your fault. Here's what to do."),
        _("It happens to many people. You don't have to sort it out alone."),
    ),
    What.THREAT: (
        _("The person threatening you is to blame, not you."),
        _("It happens to many people, and there is help. You don't have to do what they ask."),
    ),
    What.BULLYING: (
        _("You don't deserve this."),
        _("Bullying rarely stops by itself. With other people's help it can."),
    ),
    What.CONTACT: (
        _("It's good that you stopped to ask."),
        _("Whatever you wrote or sent: an adult who asks for this knows it is not allowed."),
    ),
    What.HURT: (
        _("Nobody has the right to hurt you. It's not your fault."),
        _("You can tell someone, even if you were told to keep quiet."),
    ),
    What.LOW: (
        _("You're not alone with this."),
        _("It gets easier with someone beside you. You don't need to know where to start."),
    ),
    What.FRIEND: (
        _("Your friend is lucky to have you."),
        _("You don't have to fix it. Listening and getting an adult is enough."),
    ),
    What.SEEN: (
        _("No wonder you feel bad after seeing that."),
        _("You did nothing wrong, even if you opened it yourself."),
    ),
    What.ACCOUNT: (
        _("Start now: accounts can often be recovered."),
        _("The sooner the better, but it's worth trying later too."),
    ),
    What.MONEY: (
        _("Anyone can be scammed. Here's what to do."),
        _("Scammers are well practised. There's no shame in telling someone."),
    ),
    What.SCREEN: (
        _("It's hard to stop, and not just for you."),
        _("Apps are made to be hard to put down. One small change is a good start."),
    ),
    What.OTHER: (
        _("It's good that you're asking."),
        _("You don't need a name for it. Say it any way you can."),
    ),
}
STEPS: Mapping[Step, Advice] = {
    Step.REMOVAL: Advice(
        _("Help get the picture removed"),
        _("The form takes addresses at any hour, without a code. Nobody will ask to see the picture."),
        _("Remove my picture"),
        Goal.PICTURE,
    ),
    Step.PLACES: Advice(
        _("Write down where the picture is"),
        _("The address or the account name is enough. Don't send the picture to anyone."),
    ),
    Step.SEND_NOTHING: Advice(
        _("Don't send anything else"),
        _("No pictures and no money. Paying usually doesn't make threats stop."),
    ),
    Step.PAY_NOTHING: Advice(
        _("Don't pay anything else"),
        _("Not even if they promise your money back for a small fee."),
    ),
    Step.KEEP_MESSAGES: Advice(
        _("Keep the messages"),
        _("Take a screenshot of the text, or write down the account name."),
    ),
    Step.BLOCK: Advice(
        _("Block that person"),
        _("Do it once you've saved the messages."),
        _("How to block and report"),
        Goal.PLATFORM,
    ),
    Step.TELL_ADULT: Advice(
        _("Tell one adult"),
        _("Pick someone who listens. You can start with: “Something happened and I need help.”"),
        link=_("Put together a letter from ready sentences"),
    ),
    Step.NO_REPLY: Advice(
        _("Don't write back"), _("Put the phone down for a while. You don't owe anyone a reply.")
    ),
    Step.SCHOOL: Advice(
        _("It has gone on too long: get adults to help"),
        _("Tell a teacher or your parents. A school that knows about bullying has to act."),
    ),
    Step.NO_MEETING: Advice(
        _("Don't meet them and don't send anything"),
        _("You can stop replying. You don't need a reason or a goodbye."),
    ),
    Step.NOT_TOO_LATE: Advice(
        _("It's not too late"),
        _("Even if you've been talking for a while, or promised or sent something, you can stop today."),
    ),
    Step.SAFE_PLACE: Advice(
        _("Go where it's safe"),
        _("To a neighbour, a relative, a teacher: somewhere with other people."),
    ),
    Step.CALL: Advice(
        _("Call 116 111"),
        _("It's free and you don't have to give your name. You don't have to speak straight away."),
    ),
    Step.NOT_ALONE: Advice(
        _("Be near someone"),
        _("Sit in the same room as someone at home, or ask a friend to come over."),
    ),
    Step.SMALL_THING: Advice(
        _("Do one small thing"),
        _("Drink some water, wash your face, breathe out slowly. That's enough for now."),
    ),
    Step.LISTEN: Advice(
        _("Ask and listen"),
        _("“I can see you're having a hard time. Tell me.” You don't need to have an answer."),
    ),
    Step.NO_SECRET: Advice(
        _("Don't promise to keep it secret"),
        _("Say: “I want you to be safe, so let's tell someone.”"),
    ),
    Step.ADULT_FOR_FRIEND: Advice(
        _("Get an adult"),
        _("One of yours or your friend's. If your friend is in danger, don't wait for permission."),
    ),
    Step.CLOSE: Advice(
        _("Close it"), _("Look away and do something else: go outside, draw, listen to music.")
    ),
    Step.SHARE_NOTHING: Advice(
        _("Don't share it, even as a warning"),
        _("If you report it, the address is enough. Don't send pictures."),
    ),
    Step.TALK_IT_OVER: Advice(
        _("Talk it over with someone"),
        _("Things feel smaller once you've said them out loud."),
    ),
    Step.PASSWORD: Advice(
        _("Change the password now"),
        _("Use a device you trust. Change your email password first, then this account's."),
    ),
    Step.RECOVER: Advice(
        _("Use “forgot password”"),
        _("It's on the app's sign-in page. If that fails, write to the app's support team."),
    ),
    Step.WARN_FRIENDS: Advice(
        _("Warn your friends"),
        _("Tell them some other way that it isn't you writing, and not to open any links."),
    ),
    Step.BANK_NOW: Advice(
        _("Get the bank called now"),
        _("Do it with your parents. In the first few hours a payment can sometimes be stopped."),
    ),
    Step.BANK_TOO: Advice(
        _("Tell the bank, even now"),
        _("Do it with your parents. The bank can block the card and check the payments."),
    ),
    Step.ONE_CHANGE: Advice(
        _("Choose one small change"),
        _("Turn off notifications for one app, or set a time for one game."),
    ),
    Step.NIGHT: Advice(
        _("Let your phone sleep somewhere else"),
        _("Leave it in another room at night. Sleep helps with the rest."),
    ),
    Step.WRITE_DOWN: Advice(
        _("Write down what happened"),
        _("A few words for yourself are enough: what, where, when."),
    ),
}
ACTIONS: Mapping[Goal, Action] = {
    Goal.EMERGENCY: Action(_("Call 112"), "phone", "", _("Call 112")),
    Goal.TALK: Action(
        pgettext_lazy("child", "Talk to us"),
        "message-circle",
        _("You don't have to give your name."),
        _("Call 116 111"),
    ),
    Goal.PICTURE: Action(
        _("Remove my picture"),
        "image",
        _("At any hour. No name and no code needed."),
    ),
    Goal.REPORT: Action(_("Report it"), "flag", _("It takes two minutes. No name needed.")),
    Goal.PLATFORM: Action(
        _("Report it to the app or game"),
        "smartphone",
        _("Every app has its own form. This page shows where to find it."),
    ),
    Goal.POLICE: Action(
        _("Write to the police"),
        "gavel",
        _("An adult you trust can do it with you. You can talk to us first, too."),
        _("Call the police: 112"),
    ),
    Goal.ADVICE: Action(_("Find advice"), "book-open", ""),
}
NOT_TAKEN: tuple[tuple[Text, Goal], ...] = (
    (_("A rude but lawful opinion, an argument, a bad joke"), Goal.ADVICE),
    (_("Something that only breaks the rules of an app or a game"), Goal.PLATFORM),
    (_("Bullying in private messages or a closed group, where we can't see it"), Goal.TALK),
    (_("Something legal that scares or hurts"), Goal.TALK),
    (_("A crime happening right now"), Goal.POLICE),
)
"""What the hotline does not take, and where to go with it."""
TAKEN = (
    _("Child sexual abuse material, or links to it"),
    _("Grooming or sextortion of a child"),
    _("Hate speech or incitement to violence"),
    _("Content harmful to children: violence, encouragement of self-harm"),
)
"""What hotlines take, where no form of this installation says it."""
