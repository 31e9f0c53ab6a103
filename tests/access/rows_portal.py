"""The portal: its pages are for everybody; the editors' tool behind /desk/cms/ has a test of its
own (test_cms.py).
"""

from access.matrix import PUBLIC, SIGN_IN, row

row("wagtail_serve", args=("no-such-page/",), anonymous=404, others=404)
row("portal-media", args=("images/no-such-picture.webp",), anonymous=404, others=404)
row("wagtaildocs_serve", args=("1", "no-such-file.pdf"), anonymous=404, others=404)
row("portal-card", args=("1", "0123456789ab"), anonymous=404, others=404)  # the root is no page of ours
row("portal-site-card", args=("lt",), anonymous=PUBLIC, others=200)
row("portal-resource-card", args=("lt", "no-such-resource"), anonymous=404, others=404)
row("portal-feed", anonymous=PUBLIC, others=200)
row("portal-topic-feed", args=("nothing",), anonymous=404, others=404)
row("portal-something-happened", anonymous=PUBLIC, others=200)
row("portal-what-to-report", anonymous=PUBLIC, others=200)
row("portal-logo", args=("no-such-logo",), anonymous=404, others=404)
row("portal-easy", anonymous=404, others=404)  # no page in easy language
row("portal-offline", anonymous=PUBLIC, others=200)
row("portal-review", args=("nothing",), anonymous=410, others=410)

row("portal-review-ask", args=("0",), anonymous=SIGN_IN, others=404)  # no such page
row(
    "portal-review-withdraw", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such review
row("portal-translation", args=("0",), anonymous=SIGN_IN, others=404)  # no such page
row("portal-translate", args=("0",), anonymous=SIGN_IN, others=404)
row("portal-translation-file", args=("0",), anonymous=SIGN_IN, others=404)
