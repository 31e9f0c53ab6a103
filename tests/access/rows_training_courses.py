"""Courses: the catalogue is for everybody; members reach their own courses only (`tests/training/learning`);
at the desk editors write, publishers review, tutors accompany."""

from access.matrix import SIGN_IN, row

REF = "0000-0000"
for page in ("course", "film", "poster"):
    row(f"training-{page}", args=("nothing",), anonymous=404, others=404)
row("training-captions", args=("nothing", "lt"), anonymous=404, others=404)
row("training-file", args=(REF,), anonymous=404, others=404)
row("training-mine", anonymous=SIGN_IN, others=302)
row("training-hours", args=("1999",), anonymous=SIGN_IN, others=302)
for page in ("enrol", "staff", "learn"):
    row(f"training-{page}", args=(REF,), anonymous=SIGN_IN, others=302)
row("training-activity", args=(REF, "nothing"), anonymous=SIGN_IN, others=302)
row("training-staff-link", args=(REF, REF), method="POST", anonymous=SIGN_IN, others=302)
row("training-keep", args=(REF, "nothing"), method="POST", anonymous=SIGN_IN, others=302)
for page in ("leave", "share", "appeal", "certify"):
    row(f"training-{page}", args=(REF,), method="POST", anonymous=SIGN_IN, others=302)
row("training-course-new", anonymous=SIGN_IN, others=404, COURSE_EDITOR=200, PUBLISHER=200)
row("training-cohort-new", anonymous=SIGN_IN, others=404, COURSE_EDITOR=200, TUTOR=200)
for page in ("version-edit", "version-rule", "version-copy", "module-new", "item-new"):
    row(f"training-{page}", args=(REF,), anonymous=SIGN_IN, others=404)
row("training-order", args=(REF,), method="POST", anonymous=SIGN_IN, others=404)
for page in ("module", "activity-edit", "item"):
    row(f"training-{page}", args=(REF, REF), anonymous=SIGN_IN, others=404)
row("training-activity-new", args=(REF, REF, "page"), anonymous=SIGN_IN, others=404)
row("training-part-do", args=(REF, "item", REF, "remove"), method="POST", anonymous=SIGN_IN, others=404)
row("training-preview", args=(REF, "nothing"), anonymous=SIGN_IN, others=404)
row("training-package", args=(REF, "scorm12", "lt"), anonymous=SIGN_IN, others=404)
for page in ("cohort", "cohort-edit", "cohort-message", "learner", "submission", "appeal-desk"):
    row(f"training-{page}", args=(REF,), anonymous=SIGN_IN, others=404)
row("training-cohort-close", args=(REF,), method="POST", anonymous=SIGN_IN, others=404)
row("training-cohort-quiz", args=(REF, "nothing"), anonymous=SIGN_IN, others=404)
row("training-discussion", args=(REF, "nothing", "1"), anonymous=SIGN_IN, others=404)
row("training-cohort-file", args=(REF, "csv"), anonymous=SIGN_IN, others=404)
row("training-learner-do", args=(REF, "tries"), method="POST", anonymous=SIGN_IN, others=404)
row("training-post-do", args=(REF, "hide"), method="POST", anonymous=SIGN_IN, others=404)
row("training-put-back", args=(REF, REF), method="POST", anonymous=SIGN_IN, others=404)
row("training-invitation", args=("nothing",), anonymous=404, others=404)
row("training-staff-invite", args=(REF, REF), anonymous=SIGN_IN, others=302)
row("training-kept-course", args=(REF,), anonymous=SIGN_IN, others=302)
row("training-offline", args=(REF,), anonymous=SIGN_IN, others=302)
row("training-worker", args=(REF,), anonymous=SIGN_IN, others=302)
row("training-kept", args=(REF, "nothing"), anonymous=SIGN_IN, others=302)
