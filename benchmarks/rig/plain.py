"""A bare Django: one view that returns stored bytes; no middleware, session, database or template. The peer
of `desk`.

python -m rig.plain FOLDER PORT      (FOLDER/pages.json names each address's file and headers)
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

PAGES: dict[str, tuple[dict[str, str], bytes]] = {}


def page(request: HttpRequest) -> HttpResponse:
    """The stored page of this address."""
    headers, body = PAGES[request.get_full_path()]
    return HttpResponse(body, headers={**headers, "Content-Length": str(len(body))})


urlpatterns = [re_path(r"", page)]


def _load(folder: Path) -> None:
    for path, one in json.loads((folder / "pages.json").read_text(encoding="utf-8")).items():
        PAGES[path] = (dict(one["headers"]), (folder / one["file"]).read_bytes())


def _application() -> Any:
    settings.configure(SECRET_KEY="bare", ALLOWED_HOSTS=["localhost"], ROOT_URLCONF=__name__, MIDDLEWARE=[])
    django.setup(set_prefix=False)
    _load(Path(os.environ["PLAIN_FOLDER"]))
    return get_asgi_application()


if __name__ == "__main__":
    import uvicorn

    os.environ["PLAIN_FOLDER"] = sys.argv[1]
    sys.modules["rig.plain"] = sys.modules[__name__]
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    uvicorn.run(
        _application(),
        port=int(sys.argv[2]),
        interface="asgi3",
        lifespan="off",
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
    )
