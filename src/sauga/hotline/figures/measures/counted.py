"""Which rows each measure counts, beside what its definition promises. docs/services/figures.md prints both;
tests compare the tables."""

from collections.abc import Iterable
from dataclasses import replace

from sauga.kernel.figures import Measure

REPORT, ITEM, LOCATION = "hotline.Report", "hotline.ContentItem", "hotline.Location"
ROUTE, RECORD, OCCURRENCE = "hotline.Route", "hotline.HandoverRecord", "hotline.Occurrence"
ASSESSMENT, NOTICE, NOTICE_ITEM = "hotline.Assessment", "hotline.Notice", "hotline.NoticeItem"
PROVIDER, HOLD, ANSWER, STEP = (
    "hotline.Provider",
    "hotline.PoliceHold",
    "hotline.NoticeAnswer",
    "hotline.NoticeStep",
)
MESSAGE = "hotline.Message"
POLICY, TERM = "vocab.Policy", "vocab.Term"

PRESS = (REPORT, LOCATION, ITEM, ROUTE, RECORD, POLICY, TERM)
RECEIVED = "Reports whose hour of receipt lies in the period, state and outcome other than SPAM"
CARRIED_OUT = (
    "a PROVIDER_NOTICE route with `done_at` (first notice sent) or a handover record that is not undone"
)
ABUSE = (
    "Occurrences with `reported_at` in the period whose item's verdict is BASELINE or NATIONAL; "
    "codes from the latest assessment with that verdict"
)
ABUSE_READS = (OCCURRENCE, ITEM, ASSESSMENT)
NOTIFIED = (
    "Occurrences with `notice_delivered_at` in the period whose item's verdict is neither empty, "
    "NOT_ILLEGAL, NOT_ASSESSABLE nor DOUBTFUL; "
    "what was gone before the delivery is left out"
)
NOTIFIED_READS = (OCCURRENCE, ITEM, PROVIDER, NOTICE_ITEM, NOTICE)
GONE = (
    f"{NOTIFIED}; ended by `first_gone_at` once `removed_at` is set, otherwise censored at `last_online_at`"
)

ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "received": (RECEIVED, PRESS),
    "routes": (
        (
            f"{RECEIVED}, outcome ACTIONED, with {CARRIED_OUT} on one of its items; one route each by "
            f"policy.counted_route"
        ),
        PRESS,
    ),
    "action_excl_dup": ("The cells INHOPE, PROVIDER_NOTICE, POLICE and ZEIT of hotline.routes", PRESS),
    "confirmed_incl_dup": (
        "hotline.action_excl_dup, the cell NKSC of hotline.routes, and hotline.duplicates",
        PRESS,
    ),
    "not_actioned": (f"{RECEIVED}, by outcome, as far as it is a code of rrt.not_actioned", PRESS),
    "removal_buckets": (
        "Occurrences with `reported_at` in the period whose item's verdict is neither empty, "
        "NOT_ILLEGAL, NOT_ASSESSABLE nor DOUBTFUL, "
        "by `first_gone_at` minus `reported_at`",
        NOTIFIED_READS,
    ),
    "still_online": (f"{NOTIFIED}, without `removed_at`", NOTIFIED_READS),
    "takedown_median": (f"{GONE}; median", NOTIFIED_READS),
    "takedown_low": (f"{GONE}; lower bound of the median", NOTIFIED_READS),
    "takedown_high": (f"{GONE}; upper bound of the median", NOTIFIED_READS),
    "takedown_early": (
        f"{NOTIFIED}; ended by `last_online_at` once `removed_at` is set; median",
        NOTIFIED_READS,
    ),
    "takedown_p95": (f"{GONE}; 95th percentile", NOTIFIED_READS),
    "within_1": (f"{GONE}; one minus the estimate at 1 day", NOTIFIED_READS),
    "within_2": (f"{GONE}; one minus the estimate at 2 days", NOTIFIED_READS),
    "within_3": (f"{GONE}; one minus the estimate at 3 days", NOTIFIED_READS),
    "within_7": (f"{GONE}; one minus the estimate at 7 days", NOTIFIED_READS),
    "gone_curve": (f"{GONE}; one minus the estimate at each day of the drawing", NOTIFIED_READS),
    "consultations": (f"{RECEIVED}, outcome CONSULTED", PRESS),
    "duplicates": (
        (
            f"{RECEIVED}, outcome DUPLICATE, whose `first_report` has the outcome ACTIONED and "
            f"{CARRIED_OUT} on one of its items"
        ),
        PRESS,
    ),
    "ec_volume": (f"{RECEIVED}; DUPLICATE is state or outcome DUPLICATE, UNIQUE the rest", (REPORT,)),
    "ec_topics": (
        "Reports whose hour of receipt lies in the period: SPAM by state or outcome, PUBLIC_QUERY by "
        "outcome CONSULTED, "
        "otherwise by the report's category unless it is CSAM",
        (REPORT,),
    ),
    "ec_kinds": (f"{ABUSE}: `virtual`, then `user_generated`", ABUSE_READS),
    "ec_sites": (f"{ABUSE}: the item's kind and referrer, `site_type`", ABUSE_READS),
    "ec_hosting": (f"{ABUSE}: the item's hosting class and country as known today", ABUSE_READS),
    "ec_actions": (
        f"{ABUSE}: TO_LEA and TO_ICCAM by a handover record that is not undone, TO_ISP by a "
        f"PROVIDER_NOTICE route with `done_at`, "
        "NOT_YET with a route and neither, NO_ACTION without a route",
        (*ABUSE_READS, ROUTE, RECORD),
    ),
    "inhope_age": (f"{ABUSE}: `age`", ABUSE_READS),
    "inhope_sex": (f"{ABUSE}: `sex`", ABUSE_READS),
    "inhope_sites": (f"{ABUSE}: `site_type`", ABUSE_READS),
    "inhope_known": (f"{ABUSE}: URLS_NEW is the occurrence 1, URLS_KNOWN a later one", ABUSE_READS),
    "answers": (
        (
            "Items of notices with `sent_at` in the period, without those withdrawn, by `answer`; "
            "NO_ANSWER where it is empty"
        ),
        (NOTICE_ITEM, NOTICE),
    ),
    "time_to_decision": (
        "First occurrences with `reported_at` in the period, `reported_at` to `decided_at`; without "
        "undecided items all of whose reports "
        "are SPAM, CONSULTED, OUT_OF_REMIT or INSUFFICIENT",
        (OCCURRENCE, ITEM, LOCATION, REPORT),
    ),
    "time_to_notice": (
        (
            "First occurrences with `decided_at` in the period and `notice_sent_at`, `decided_at` to "
            "`notice_delivered_at`"
        ),
        (OCCURRENCE,),
    ),
    "time_to_police": (
        "First occurrences with `reported_at` in the period and a POLICE route, `reported_at` to "
        "`handed_over_at` of the police record "
        "that is not undone",
        (OCCURRENCE, ROUTE, RECORD),
    ),
    "message_wait": (
        "Messages of reporters with `at` in the period, `at` to `read_at`, at most to the end of the period "
        "or to now; the longest",
        (MESSAGE,),
    ),
    "agreement": (
        "Assessments of kind SECOND in the period, each with the FIRST or REOPENED one before it on the item",
        (ASSESSMENT,),
    ),
    "withdrawn": (
        "Steps of notices to WITHDRAWN in the period where the notice has `sent_at`, by their reason",
        (STEP, NOTICE),
    ),
    "disputes": ("Answers DISPUTED with `decided_at` in the period, by decision", (ANSWER,)),
    "term_kept": (
        "Items of notices without a previous notice whose `remove_by` lies in the period and in the "
        "past, without those withdrawn; "
        "kept where `removed_at` is set and `first_gone_at` is not after `remove_by`",
        (NOTICE_ITEM, NOTICE, OCCURRENCE, PROVIDER),
    ),
    "hold_time": ("Police holds with `at` in the period, `at` to `ended_at`", (HOLD, OCCURRENCE)),
    "gone_while_held": (
        (
            "Items of police holds with `at` in the period during which an occurrence with `removed_at` "
            "has its `first_gone_at`"
        ),
        (HOLD, OCCURRENCE),
    ),
    "back_30": (
        (
            "Occurrences with `removed_at` in the period; the part whose next occurrence was reported "
            "within 30 days"
        ),
        (OCCURRENCE,),
    ),
    "back_90": (
        (
            "Occurrences with `removed_at` in the period; the part whose next occurrence was reported "
            "within 90 days"
        ),
        (OCCURRENCE,),
    ),
}


def with_rows(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """The measures with what they count. Raises KeyError for one without an entry."""
    return tuple(
        replace(one, counted=ROWS[name][0], reads=ROWS[name][1])
        for one in measures
        for name in [one.code.partition(".")[2]]
    )
