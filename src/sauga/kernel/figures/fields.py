"""How the frozen figures are kept: plain, because only codes and counts can enter them."""

from sauga.kernel.sealed import declare

declare("figures.Figure", plain={"measure", "period_kind", "rows", "published_by"})
