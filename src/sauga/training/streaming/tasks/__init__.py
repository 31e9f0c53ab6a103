"""Background work of broadcasts: the encoders (`supervisor`), the recording, the end of the segments."""

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.training.streaming.actions import recordings, streams
from sauga.training.streaming.actions.encoder_reports import WORKER
from sauga.training.streaming.queries import streams as queries

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(name=streams.RECORD, queue="training", lock=streams.RECORD, pass_context=False, retry=AGAIN)
def record_stream(stream_id: int) -> None:
    """Make the recording of a broadcast that has ended."""
    recordings.record_stream(by=WORKER, stream_id=stream_id, at=clock.now())


@app.periodic(cron="23 * * * *")
@app.task(
    name="training.delete_segments",
    queue="training",
    queueing_lock="training.delete_segments",
    pass_context=False,
)
def delete_segments(timestamp: int) -> None:
    """Every hour: delete the segments of broadcasts that ended long enough ago."""
    at = clock.now()
    for stream in queries.with_old_segments(at - settings.STREAM_KEEP):
        recordings.delete_segments(by=WORKER, stream=stream, at=at)
