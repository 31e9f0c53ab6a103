"""The measures that the hotline publishes.

Totals only: no address, no report, no provider's name leaves the service this way.
"""

from sauga.hotline.figures.measures import quality, statutory_reports, takedown
from sauga.hotline.figures.measures.counted import with_rows

MEASURES = with_rows((*takedown.MEASURES, *statutory_reports.MEASURES, *quality.MEASURES))
