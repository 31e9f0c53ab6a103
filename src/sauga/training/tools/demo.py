"""The demo's external tool: registered with an invented provider at an `.example` address, used for some
weeks, and switched off with a sentence for learners, because no server answers there."""

import json
from datetime import datetime, timedelta

from sauga.kernel.kit.demo import Cast
from sauga.kernel.states import SystemActor
from sauga.training.tools.actions import log, tools
from sauga.training.tools.actions.tools import ToolGiven
from sauga.training.tools.models import Tool
from sauga.training.tools.rules.log import What

WORKER = SystemActor("training")
HOST = "https://simuliacijos.example"
KEY = {
    "kty": "RSA",
    "use": "sig",
    "alg": "RS256",
    "kid": "2026-09",
    "e": "AQAB",
    "n": (
        "2xK0llPli-xI-nmwKuTp_oZxYkkDtgKwEwRHYCbZykzPZzZrwV_dnzNGZJFTl0pUSbZHETPZegsJUsdYEwvC41B-"
        "fq_mCMNfML4XUgc2bdrmEfe4UdslD9EnE5MTLHo72gdgvBCKBHcSlHDMyDoZKwUPLKsVYE7GgzcwtyXN0KjQFWER"
        "cweXAYtH1_imnOgvEaifAdomtRzvdzivOsB8LIweQGMuGzcSV0wIJt0IYEiOyyCJIphCJxegbl86EPlL67LVZ829"
        "CM0tP3TGMZAWnm5Oz5vFuEabnisUaoHaqfp2BWdk6_NwkkIWwkj2JNSeq5p-xvV19ZER6Tj1MOBR0w"
    ),
}
"""A public key whose private half was thrown away."""
OFF = {
    "lt": "Šis įrankis – tik pavyzdys: jo adresu niekas neatsako. Šią dalį galite praleisti.",
    "en": "This tool is only an example: nobody answers at its address. You can skip this part.",
}


def play(cast: Cast, at: datetime) -> Tool:
    """A tool that was registered eight weeks ago and is off since last week."""
    began = at - timedelta(weeks=8)
    by = cast.actor("PUBLISHER", began)
    given = ToolGiven(
        name="Pokalbių simuliacijos (pavyzdys)",
        maker="VšĮ „Pavyzdinės simuliacijos“",
        privacy_url=f"{HOST}/privatumas",
        contact="pagalba@simuliacijos.example",
        login_url=f"{HOST}/lti/login",
        target_url=f"{HOST}/lti/launch",
        redirect_urls=[f"{HOST}/lti/launch"],
        keys_text=json.dumps({"keys": [KEY]}),
    )
    row = tools.register_tool(by=by, given=given, at=began)
    row = tools.switch_on(by=by, tool=row, at=began + timedelta(hours=2))
    for days, what, refused in STORY:
        log.note(by=WORKER, tool=row, what=what, refused=refused, at=at - timedelta(days=days, hours=3))
    by = cast.actor("PUBLISHER", at - timedelta(days=6))
    return tools.switch_off(by=by, tool=row, reason=OFF, at=at - timedelta(days=6))


STORY = (
    (25, What.OPEN, ""),
    (25, What.ANSWER, "redirect"),
    (24, What.OPEN, ""),
    (24, What.ANSWER, ""),
    (24, What.TOKEN, "jwt_audience"),
    (23, What.TOKEN, ""),
    (23, What.SCORE, ""),
    (9, What.OPEN, ""),
    (8, What.OPEN, ""),
)
"""Days ago, what was tried, and how it ended: a provider who corrects two settings, and then is gone."""
