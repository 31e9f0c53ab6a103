"""The measures that the hotline publishes. Totals only: no address, no report, no provider's name leaves the service this way."""

from sauga.hotline.figures import quality, returns, takedown
from sauga.hotline.figures.counted import with_rows

MEASURES = with_rows((*takedown.MEASURES, *returns.MEASURES, *quality.MEASURES))
