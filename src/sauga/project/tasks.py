"""Jobs that keep the job table itself in order."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock

# A worker reports every 5 seconds (commands/work.py); one that was silent for longer than this is gone.
SILENT_SECONDS = 20
KEPT_HOURS = 72


@app.periodic(cron="* * * * * */15")
@app.task(
    name="project.retry_stalled", queue="project", queueing_lock="project.retry_stalled", pass_context=True
)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put back jobs whose worker died. Every job is idempotent, so that running one twice does no harm."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await manager.retry_job(job, retry_at=clock.now())


@app.periodic(cron="17 3 * * *")
@app.task(
    name="project.forget_jobs",
    queue="project",
    queueing_lock="project.forget_jobs",
    pass_context=True,
    retry=RetryStrategy(max_attempts=3),
)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Remove jobs that were finished three days ago; failed ones stay until someone has looked."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
