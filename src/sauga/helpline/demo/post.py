"""The demo's letters: two answered and reviewed, one waiting for review, one new."""

from datetime import datetime, timedelta

from sauga.helpline.demo.stage import CHILD, MINUTE, ZONE, Stage, Talk
from sauga.helpline.letters.actions import letter_replies, letters
from sauga.helpline.letters.models import Letter
from sauga.helpline.records import actions as records
from sauga.helpline.records.models import Attempt
from sauga.kernel import sealed

HOUR = timedelta(hours=1)
LETTERS: tuple[tuple[Talk, str], ...] = (
    (
        Talk(
            "PEE_FRIENDS",
            (
                (
                    "Labas. Draugės sako, kad aš keista, nes man patinka žaisti šachmatais. Gal man reikia "
                    "pasikeisti, kad turėčiau draugų?"
                ),
            ),
            age=11,
        ),
        "Labas. Ačiū, kad parašei. Šachmatai – ne keistenybė: tai kantrybė ir geros idėjos. Draugauti "
        "galima ir tada, kai patinka "
        "skirtingi dalykai. Gal mokykloje ar bibliotekoje yra šachmatų būrelis? Ten tikrai rastum "
        "žmonių, kurie tave supras. "
        "Parašyk, kaip sekėsi.",
    ),
    (
        Talk(
            "FAM_SIBLING",
            (
                (
                    "Mano brolis nuolat ima mano telefoną ir skaito žinutes. Tėvai sako kad "
                    "nesipykčiau. Ką daryti?"
                ),
            ),
            age=13,
        ),
        "Labas. Suprantu, kad tai erzina: žinutės yra tavo, ir norėti ramybės normalu. Gali pasakyti "
        "tėvams ne „jis blogas“, o "
        "„man svarbu, kad mano žinučių neskaitytų“. Telefone galima įjungti užraktą. Jei nori, "
        "pagalvokime kartu, kaip tai "
        "pasakyti broliui.",
    ),
    (
        Talk(
            "EDU_ACADEMIC",
            ("Sveiki. Nesiseka anglų kalba ir aš bijau kalbėti per pamokas, nes visi girdi kaip klystu.",),
            age=12,
        ),
        "Labas. Bijoti klysti prieš visus – labai dažnas jausmas, nors iš šalies jo nematyti. Gal "
        "galėtum mokytojos paprašyti iš "
        "pradžių atsakyti dviese su suolo draugu? Klaidos čia reiškia, kad mokaisi.",
    ),
)
WAITING = Talk(
    "NET_GAMING",
    ("Labas, žaidime pažįstamas prašo mano slaptažodžio, sako kad padovanos daiktų. Ar galima duoti?",),
    age=10,
    internet=True,
)


def letters_of_the_week(stage: Stage, at: datetime) -> None:
    """The first two are answered, the third waits for its reviewer, the last has just come in."""
    for ago, (talk, answer) in zip((52, 27, 9), LETTERS, strict=True):
        _answered(stage, talk, answer, at - ago * HOUR, deliver=ago > 12)
    _receive(stage, WAITING, at - 40 * MINUTE)


def _receive(stage: Stage, talk: Talk, at: datetime) -> tuple[Letter, sealed.ReceiptKeys]:
    receipt = sealed.ReceiptKeys(ZONE, lookup=stage.random.randbytes(32), key=stage.random.randbytes(32))
    letter = letters.receive_letter(
        by=CHILD, receipt=receipt, language=talk.language, audience="CHILD", text=talk.words[0], at=at
    )
    return letter, receipt


def _answered(stage: Stage, talk: Talk, answer: str, at: datetime, *, deliver: bool) -> None:
    letter, receipt = _receive(stage, talk, at)
    at += 35 * MINUTE
    by = stage.actor("COUNSELLOR", at)
    letter = letter_replies.screen_letter(by=by, letter=letter, band=letter.band, at=at)
    letter = letter_replies.claim_letter(by=by, letter=letter, at=at)
    assert by.vault is not None
    desk_key = sealed.open_data_key(zone=ZONE, holder=letter.desk_holder, opener=by.vault)
    letter_replies.save_draft(by=by, letter=letter, desk_key=desk_key, text=answer, at=at + 20 * MINUTE)
    letter.refresh_from_db()
    letter = letter_replies.send_for_review(by=by, letter=letter, at=at + 25 * MINUTE)
    if not deliver:
        return
    at += 6 * HOUR
    key = sealed.open_data_key(zone=ZONE, holder=letter.holder, opener=sealed.ReceiptOpener(receipt))
    letter_replies.approve_answer(
        by=stage.actor("LETTER_REVIEWER", at),
        letter=letter,
        key=key,
        desk_key=desk_key,
        seen=letter.last_number,
        at=at,
    )
    records.write_record(
        by=by, attempt=Attempt.objects.get(letter=letter), codes=stage.codes(talk, at), at=at
    )
