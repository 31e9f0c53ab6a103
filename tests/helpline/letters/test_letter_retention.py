"""After its term a letter is gone, keys first: a copy of the database made before stays shut, for the receipt
and for the team.
"""

from datetime import timedelta

import pytest

from sauga.helpline.letters.actions import timeouts
from sauga.helpline.letters.models import Letter, LetterDraft, LetterPart, LetterStep
from sauga.helpline.letters.queries.thread import thread_behind
from sauga.helpline.records.models import Attempt
from sauga.kernel import retention, sealed
from sauga.kernel.sealed.models import WrappedKey
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.letters import ANSWER, AT, QUEUE, TEXT, ZONE, answered, written

DAY = timedelta(days=1)


def test_after_its_term_a_letter_is_gone_and_an_older_copy_stays_shut(centre: Centre):
    letter, keys = answered(centre)
    waiting, _ = written()
    closed_at = AT + 31 * DAY
    assert timeouts.close_answered(by=QUEUE, at=closed_at) == 1
    letter.refresh_from_db()
    copy = {model: list(model._base_manager.all()) for model in (Letter, LetterPart, LetterDraft, LetterStep)}
    assert TEXT in [part.text for part in thread_behind(keys, closed_at).parts]

    retention.run(closed_at + 89 * DAY)
    assert Letter.objects.filter(pk=letter.pk).exists()
    retention.run(closed_at + 91 * DAY)
    assert list(Letter.objects.all()) == [waiting], "an unanswered letter is never purged"
    assert (
        not LetterPart.objects.filter(letter_id=letter.pk).exists()
        and not LetterDraft.objects.filter(letter_id=letter.pk).exists()
    )
    assert not WrappedKey.objects.filter(holder__in=[letter.holder, letter.desk_holder]).exists()
    attempt = Attempt.objects.get(outcome="ANSWERED")
    assert attempt.letter is None and attempt.answer_minutes == 60

    # When the older copy is put back (long-lived backups leave the table of keys out).
    for model in (Letter, LetterPart, LetterDraft, LetterStep):
        model._base_manager.bulk_create(copy[model], ignore_conflicts=True)
    assert Letter.objects.filter(pk=letter.pk).exists()
    assert thread_behind(keys, closed_at) is None
    vault = centre.actor("COUNSELLOR").vault
    for holder in (letter.holder, letter.desk_holder):
        with pytest.raises(sealed.KeyNotAvailable):
            sealed.open_data_key(zone=ZONE, holder=holder, opener=vault)
    rows = [
        *LetterPart.objects.values_list("body", flat=True),
        *LetterDraft.objects.values_list("body", flat=True),
    ]
    assert len(rows) >= 3 and not any(text.encode() in bytes(row) for row in rows for text in (TEXT, ANSWER))
