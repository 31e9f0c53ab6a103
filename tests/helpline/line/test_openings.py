"""The rules on openings that they were not tuned on. Figures of all parts: `benchmarks/triage.py`."""

from helpline.openings import held_out, openings, recall, unseen

from sauga.helpline.line.rules.triage import Band, judge, sentence

NOW = Band.IMMEDIATE


def test_parts_share_no_family():
    rows = openings("own")
    assert len(rows) >= 2_000
    assert len({row["id"] for row in rows}) == len(rows) == len({row["text"] for row in rows})
    assert not {r["family"] for r in rows if held_out(r)} & {r["family"] for r in rows if not held_out(r)}
    assert sum(row["family"] == row["id"] for row in rows) >= 300
    assert 0.35 < sum(map(held_out, rows)) / len(rows) < 0.65
    assert {row["risk"].upper() for row in rows} == set(Band)


def test_immediate_risk_is_recognised_in_the_half_that_was_held_out():
    held = [row for row in openings("own") if held_out(row)]
    assert sum(row["risk"] == "immediate" for row in held) >= 400
    assert recall(held, NOW) >= 0.95


def test_immediate_risk_is_recognised_in_the_eighth_that_nobody_looked_at():
    rows = [row for row in openings("own") if unseen(row)]
    assert sum(row["risk"] == "immediate" for row in rows) >= 80
    assert recall(rows, NOW) >= 0.95


def test_immediate_risk_is_recognised_in_every_language():
    for language in ("lt", "en", "ru"):
        assert recall([row for row in openings("own") if row["lang"] == language], NOW) >= 0.95


def test_those_put_first_are_those_in_danger():
    """A false alarm costs others a wait, a miss costs more. But the first place must mean something."""
    first = [row for row in openings("own") if held_out(row) and judge(row["text"], row["lang"]).band is NOW]
    assert sum(row["risk"] in {"none", "some"} for row in first) / len(first) < 0.05


def test_traps_are_not_put_first():
    traps = [
        row for row in openings("own") if row["risk"] == "none" and row["trap"] and not row["trap"].isspace()
    ]
    assert len(traps) >= 60
    assert sum(judge(row["text"], row["lang"]).band is NOW for row in traps) / len(traps) < 0.02


def test_every_score_is_explained():
    for row in openings("own"):
        found = judge(row["text"], row["lang"])
        assert (found.band is Band.NONE) == (not found.rules)
        assert sentence(found.rules, "lt") != sentence(found.rules, "en")
