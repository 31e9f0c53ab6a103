"""Both sites on one port: the desk under /desk/, everything else public."""

from sauga.project.urls import desk, public
from sauga.project.urls.public import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*desk.urlpatterns, *public.urlpatterns[2:]]
