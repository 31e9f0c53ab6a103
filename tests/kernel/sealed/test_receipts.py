"""A person comes back with what they wrote down, however they typed it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sauga.kernel.sealed import (
    ReceiptUnreadable,
    UnreadableWhy,
    Zone,
    new_receipt,
    parse_receipt,
    receipt_keys,
)
from sauga.kernel.sealed.visitors.receipts import Receipt
from sauga.kernel.sealed.visitors.wordlists import fold, near, spoken, words

SECRET = bytes.fromhex("0123456789abcdef012345")


@given(st.binary(min_size=11, max_size=11), st.sampled_from(spoken()))
def test_words_and_code_read_back(secret, language):
    receipt = new_receipt(secret, language)
    assert len(receipt.words) == 9
    assert parse_receipt(" ".join(receipt.words)).secret == secret
    assert parse_receipt(receipt.code).secret == secret


@pytest.mark.parametrize(
    "style",
    [
        str.upper,
        lambda text: text.replace(" ", ", "),
        lambda text: text.replace(" ", "-"),
        lambda text: text.replace(" ", "\n"),
        lambda text: "  " + text.replace(" ", "   ") + "\t.",
        fold,
        lambda text: "\n".join(f"{n}. {word}" for n, word in enumerate(text.split(), 1)),
        lambda text: " ".join(f"{n}){word}" for n, word in enumerate(text.split(), 1)),
        lambda text: " ".join(f"{n} {word}" for n, word in enumerate(text.split(), 1)),
        lambda text: text.replace("o", "0"),
        lambda text: text.replace("i", "1"),
        lambda text: text.replace("l", "1"),
    ],
)
@pytest.mark.parametrize("language", spoken())
def test_ways_of_typing_words(style, language):
    for seed in range(20):
        receipt = new_receipt(bytes([seed * 7 % 256]) * 11, language)
        assert parse_receipt(style(" ".join(receipt.words))) == receipt


@pytest.mark.parametrize(
    "style",
    [
        str.lower,
        lambda c: c.replace("-", " "),
        lambda c: c.replace("-", ""),
        lambda c: c.replace("0", "O").replace("1", "l"),
        lambda c: c.replace("1", "I") + "\n",
    ],
)
def test_ways_of_typing_the_code(style):
    for seed in range(50):
        receipt = new_receipt(bytes([seed * 5 % 256]) * 11, "lt")
        assert parse_receipt(style(receipt.code)) == receipt


@settings(max_examples=300)
@given(st.data())
def test_one_slip_in_any_word_is_forgiven(data):
    language = data.draw(st.sampled_from(spoken()))
    receipt = new_receipt(data.draw(st.binary(min_size=11, max_size=11)), language)
    typed = list(receipt.words)
    place = data.draw(st.integers(0, 8))
    word = fold(typed[place])
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(sorted({sign for one in words(language) for sign in fold(one)})))
    slips = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
    if at:
        slips.append(word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :])
    typed[place] = data.draw(st.sampled_from(slips))
    try:
        assert parse_receipt(" ".join(typed)) == receipt
    except ReceiptUnreadable as refused:
        # Two words can lie on both sides of one slip; then only the check word could tell, and it could not.
        assert refused.why is UnreadableWhy.AMBIGUOUS


def _between() -> tuple[str, tuple[int, ...]]:
    """A slip that lies between two words of the Lithuanian list, and the two words' numbers."""
    folded = [fold(word) for word in words("lt")]
    slips = (
        word[:i] + letter + word[i + 1 :]
        for word in folded
        for i in range(len(word))
        for letter in "abdegiklmnoprstuvz"
    )
    return next((slip, found) for slip in slips if len(found := near("lt", slip)) == 2)


def test_unclear_word_is_settled_by_the_check_word():
    slip, (number, _) = _between()
    receipt = Receipt((number << 77 | 12345).to_bytes(11, "big"), "lt")
    assert parse_receipt(" ".join([slip, *receipt.words[1:]])) == receipt


@pytest.mark.parametrize(
    "typed, why",
    [
        ("", UnreadableWhy.EMPTY),
        (" -.,\n", UnreadableWhy.EMPTY),
        ("x" * 401, UnreadableWhy.TOO_LONG),
        ("obuolys", UnreadableWhy.WORD_COUNT),
        ("12345-12345-12345-12345", UnreadableWhy.CHECK),
        ("UUUUU-12345-12345-12345", UnreadableWhy.CHECK),
        ("ąąąąąąąąąąąąąąąąąąąą", UnreadableWhy.CHECK),
    ],
)
def test_unreadable_says_why(typed, why):
    with pytest.raises(ReceiptUnreadable) as refused:
        parse_receipt(typed)
    assert refused.value.why is why


def test_unknown_words_are_named_by_position_and_never_repeated():
    typed = list(new_receipt(SECRET, "lt").words)
    typed[2], typed[6] = "qqqqqqq", "wwwwwww"
    with pytest.raises(ReceiptUnreadable) as refused:
        parse_receipt(" ".join(typed))
    assert (
        refused.value.why is UnreadableWhy.UNKNOWN_WORD
        and refused.value.positions == (3, 7)
        and refused.value.found == 9
    )
    assert "qqqqqqq" not in str(refused.value)


def test_swapped_words_are_noticed():
    refused = 0
    for seed in range(200):
        typed = list(new_receipt(seed.to_bytes(2, "big") + SECRET[2:], "lt").words)
        typed[1], typed[4] = typed[4], typed[1]
        try:
            parse_receipt(" ".join(typed))
        except ReceiptUnreadable as error:
            assert error.why is UnreadableWhy.CHECK
            refused += 1
    assert refused >= 198


def test_many_slips_at_once_are_refused_not_guessed():
    with pytest.raises(ReceiptUnreadable) as refused:
        parse_receipt(" ".join([_between()[0]] * 9))
    assert refused.value.why is UnreadableWhy.AMBIGUOUS and refused.value.positions == tuple(range(1, 10))


@given(st.text(max_size=450))
def test_any_text_gives_a_typed_answer(text):
    try:
        parse_receipt(text)
    except ReceiptUnreadable:
        return


def test_keys_differ_by_zone_and_receipt():
    one, other = new_receipt(SECRET, "lt"), new_receipt(None, "lt")
    keys = [
        receipt_keys(one, Zone.HOTLINE),
        receipt_keys(one, Zone.HELPLINE),
        receipt_keys(other, Zone.HOTLINE),
    ]
    parts = [part for key in keys for part in (key.lookup, key.key)]
    assert len(set(parts)) == 6 and {len(part) for part in parts} == {32}
    again = receipt_keys(parse_receipt(one.code), Zone.HOTLINE)
    assert (again.lookup, again.key) == (keys[0].lookup, keys[0].key)


def test_secret_has_88_bits_and_does_not_show():
    with pytest.raises(ValueError, match="11 bytes"):
        new_receipt(b"short", "lt")
    receipt = new_receipt(SECRET, "lt")
    assert repr(receipt) == "Receipt(language='lt')"
    assert "lookup" not in repr(receipt_keys(receipt, Zone.HOTLINE))


def test_entropy_of_a_new_receipt_is_chance():
    assert new_receipt(None, "lt") != new_receipt(None, "lt")
