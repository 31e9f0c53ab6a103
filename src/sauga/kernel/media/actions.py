"""Every write to an uploaded file: accept, scan, draw previews, describe, delete.

The caller's own action asks whether `by` may bring a file; what belongs to whom is known there.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO

from django.db import connection, transaction
from django.db.models import ProtectedError
from procrastinate.contrib.django import app

from sauga.kernel import audit
from sauga.kernel.media import scanner, storage
from sauga.kernel.media.models import PREVIEWED, MediaFile, Preview
from sauga.kernel.media.refusals import FileRefused
from sauga.kernel.media.scanner import Answer, NoScanner, Scan, ScannerUnavailable
from sauga.kernel.media.states import WAITING, FileState
from sauga.kernel.media.trail import Trail
from sauga.kernel.media.upload_checks import decoder
from sauga.kernel.media.upload_checks.inspection import Inspected, inspect
from sauga.kernel.media.upload_checks.kinds import EVERY_KIND, Kind, ending_of
from sauga.kernel.states import Actor, lock, move

LONGEST_ALT = 300
RETRIED_AFTER = timedelta(minutes=1)
"""How long a file waits before the sweep looks at it: its own job comes first."""
MOST_SWEPT = 50
ORPHANED_AFTER = timedelta(days=1)


def accept(
    *,
    by: Actor,
    content: bytes,
    name: str,
    owner: str,
    kinds: Collection[Kind] = EVERY_KIND,
    zone: str = audit.INSTALLATION,
    alt: Mapping[str, str] | None = None,
    scan_first: bool = False,
    at: datetime,
) -> MediaFile:
    """Take an upload of one of these kinds: `inspect` and `store` in one. `scan_first` scans it here, for a
    small file that is needed at once. Raises FileRefused; then nothing was stored."""
    found = inspect(content, name, kinds=kinds)
    scan = scan_now(found.content) if scan_first else None
    return store(by=by, found=found, owner=owner, zone=zone, alt=alt, scan=scan, at=at)


def store(
    *,
    by: Actor,
    found: Inspected,
    owner: str,
    zone: str = audit.INSTALLATION,
    alt: Mapping[str, str] | None = None,
    scan: Scan | None = None,
    at: datetime,
) -> MediaFile:
    """Store an inspected upload for `owner` (such as `repository.rendition`), in the caller's transaction.

    The file is READY at once where it was scanned before (`scan`, from `scan_now`) or where the installation
    has no scanner; otherwise a job has it scanned, and until then it is not sent.
    """
    row = MediaFile(
        kind=found.kind,
        mime=found.mime,
        name=found.name,
        size=len(found.content),
        sha256=found.sha256,
        owner=owner,
        zone=zone,
        state_since=at,
        received_at=at,
        width=found.width,
        height=found.height,
        facts=found.facts,
        alt=_descriptions(alt or {}),
    )
    row.file.name = incoming = storage.put_incoming(row.ref, found.content)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts: dict[str, str | int | bool] = {"kind": row.kind, "size": row.size, "owner": owner}
            audit.record(by, Trail.FILE_RECEIVED, row, zone=zone, at=at, facts=facts)
            if scan is None and isinstance(scanner.current(), NoScanner):
                scan = Scan(Answer.NOT_ASKED)
            if scan is None:
                app.configure_task("media.scan", queue="media").defer(file_id=row.pk)
            else:
                enter(row, FileState.SCANNING, by=by, at=at)
                _settle(row, scan, by=by, at=at)
    except BaseException:
        storage.delete(incoming)
        raise
    return row


def scan_now(content: bytes) -> Scan:
    """Scan bytes that are not stored yet. Raises FileRefused: `virus`, or `unscanned` where the scanner gives
    no answer."""
    try:
        scan = scanner.current().scan(BytesIO(content))
    except ScannerUnavailable:
        raise FileRefused("unscanned") from None
    if scan.answer is Answer.FOUND:
        raise FileRefused("virus")
    return scan


def scan_file(*, by: Actor, file_id: int, at: datetime) -> MediaFile | None:
    """Have a waiting file scanned; its state afterwards says what came of it. Again, it changes nothing.

    Raises ScannerUnavailable after the file went back to waiting.
    """
    with transaction.atomic():
        row = MediaFile.objects.select_for_update().filter(pk=file_id, state__in=WAITING).first()
        if row is None:
            return None
        if row.state == FileState.RECEIVED:
            enter(row, FileState.SCANNING, by=by, at=at)
    try:
        with storage.opened(row.stored) as source:
            scan = scanner.current().scan(source)
    except FileNotFoundError:
        return _finish(row, Scan(Answer.FOUND), why="lost", by=by, at=at)
    except ScannerUnavailable as gone:
        with transaction.atomic():
            row = lock(row)
            if row.state == FileState.SCANNING:
                enter(row, FileState.RECEIVED, by=by, at=at, why=gone.why)
        raise
    return _finish(row, scan, by=by, at=at)


def scan_stored(*, by: Actor, file_id: int, at: datetime) -> MediaFile | None:
    """Scan a file that was stored while there was no scanner. Raises ScannerUnavailable."""
    row = MediaFile.objects.ready().filter(pk=file_id, scanned_at__isnull=True).first()
    if row is None:
        return None
    try:
        with storage.opened(row.stored) as source:
            scan = scanner.current().scan(source)
    except FileNotFoundError:
        scan = Scan(Answer.CLEAN, scanner="lost")  # there is nothing to scan, and nothing to ask again
    if scan.answer is Answer.NOT_ASKED:
        return row
    with transaction.atomic():
        row = lock(row)
        if scan.answer is Answer.CLEAN:
            row.scanned_at, row.scanner = at, scan.scanner
            row.save(update_fields=["scanned_at", "scanner"])
        elif row.state == FileState.READY:
            _refuse(row, "virus", scan, by=by, at=at)
    return row


def _finish(row: MediaFile, scan: Scan, *, by: Actor, at: datetime, why: str = "virus") -> MediaFile:
    with transaction.atomic():
        row = lock(row)
        if row.state == FileState.SCANNING:
            _settle(row, scan, by=by, at=at, why=why)
    return row


def _settle(row: MediaFile, scan: Scan, *, by: Actor, at: datetime, why: str = "virus") -> None:
    """A file in SCANNING becomes ready, or is refused and its bytes are deleted."""
    if scan.answer is Answer.FOUND:
        _refuse(row, why, scan, by=by, at=at)
        return
    incoming = row.stored
    lock_bytes(row.sha256)
    row.file.name = storage.release(incoming, sha256=row.sha256, ending=ending_of(row.mime))
    transaction.on_commit(partial(storage.delete, incoming))
    is_scanned = scan.answer is Answer.CLEAN
    row.scanned_at, row.scanner = (at if is_scanned else None), scan.scanner
    row.save(update_fields=["file", "scanned_at", "scanner"])
    enter(row, FileState.READY, by=by, at=at, why="" if is_scanned else "no_scanner")
    audit.record(by, Trail.FILE_READY, row, zone=row.zone, at=at, facts={"scanned": is_scanned})
    if row.kind in PREVIEWED:
        app.configure_task("media.draw", queue="media").defer(file_id=row.pk)


def _refuse(row: MediaFile, why: str, scan: Scan, *, by: Actor, at: datetime) -> None:
    stored = row.stored
    row.refused_why, row.scanned_at = why, at
    row.scanner = f"{scan.scanner} {scan.signature}".strip()[:200]
    row.save(update_fields=["refused_why", "scanned_at", "scanner"])
    enter(row, FileState.REFUSED, by=by, at=at, why=why)
    audit.record(by, Trail.FILE_REFUSED, row, zone=row.zone, at=at, facts={"why": why})
    transaction.on_commit(partial(_delete_bytes, row, stored))


def enter(row: MediaFile, state: FileState, *, by: Actor, at: datetime, why: str = "") -> None:
    """Move a file and remember since when it is there. For this package only."""
    move(row, to=state, by=by, at=at, why=why)
    row.state_since = at
    row.save(update_fields=["state_since"])


def draw_previews(*, by: Actor, file_id: int, at: datetime) -> int:
    """Draw the previews of a ready image or PDF, in the decoding program; returns how many there are. Again,
    it changes nothing: a job that was killed is simply run once more."""
    row = MediaFile.objects.without_previews().filter(pk=file_id).first()
    if row is None:
        return 0
    try:
        with storage.opened(row.stored) as source:
            drawn = decoder.draw(source.read(), is_pdf=row.kind == Kind.PDF)
    except (FileRefused, FileNotFoundError) as refused:
        MediaFile.objects.filter(pk=row.pk).update(preview_problem=getattr(refused, "why", "") or "lost")
        return 0
    with transaction.atomic():
        row = lock(row)
        for one in drawn:
            Preview.objects.update_or_create(
                media=row,
                page=one.page,
                width=one.width,
                defaults={
                    "height": one.height,
                    "size": len(one.content),
                    "file": storage.put_preview(row.sha256, one.page, one.width, one.content),
                    "made_at": at,
                },
            )
        row.previewed_at = at
        row.save(update_fields=["previewed_at"])
    return len(drawn)


def sweep(*, by: Actor, at: datetime) -> int:
    """Look again at what was left over: files that wait for the scanner, files without previews. Stops at the
    first file for which the scanner gives no answer. Returns how many files were looked at."""
    before, count = at - RETRIED_AFTER, 0
    waiting = MediaFile.objects.waiting().filter(state_since__lt=before).order_by("state_since", "pk")
    unscanned = MediaFile.objects.ready().filter(scanned_at__isnull=True).order_by("pk")
    try:
        for pk in waiting.values_list("pk", flat=True)[:MOST_SWEPT]:
            scan_file(by=by, file_id=pk, at=at)
            count += 1
        if not isinstance(scanner.current(), NoScanner):
            for pk in unscanned.values_list("pk", flat=True)[:MOST_SWEPT]:
                scan_stored(by=by, file_id=pk, at=at)
                count += 1
    except ScannerUnavailable:
        pass
    drawn = MediaFile.objects.without_previews().filter(state_since__lt=before).order_by("pk")
    for pk in drawn.values_list("pk", flat=True)[:MOST_SWEPT]:
        draw_previews(by=by, file_id=pk, at=at)
        count += 1
    return count


def describe(*, by: Actor, file: MediaFile, alt: Mapping[str, str], at: datetime) -> MediaFile:
    """Set the description of an image, by language; an empty one removes it."""
    with transaction.atomic():
        file = lock(file)
        file.alt = _descriptions({**file.alt, **alt})
        file.save(update_fields=["alt"])
        facts: dict[str, str | int | bool] = {"languages": len(file.alt)}
        audit.record(by, Trail.FILE_DESCRIBED, file, zone=file.zone, at=at, facts=facts)
    return file


def delete(*, by: Actor, file: MediaFile, at: datetime) -> bool:
    """Delete a file that nothing refers to any more, with its bytes unless another file has the same. Returns
    whether it was deleted: what is still in use stays."""
    with transaction.atomic():
        file = lock(file)
        stored = file.stored
        names = list(file.previews.values_list("file", flat=True))
        try:
            with transaction.atomic():
                audit.record(by, Trail.FILE_DELETED, file, zone=file.zone, at=at)
                file.delete()
        except ProtectedError:
            return False
        transaction.on_commit(partial(_delete_bytes, file, stored, names))
    return True


def _delete_bytes(file: MediaFile, stored: str, previews: Collection[str] = ()) -> None:
    """After a commit: remove bytes that no other row has."""
    with transaction.atomic():
        lock_bytes(file.sha256)
        others = MediaFile.objects.filter(file=stored).exclude(pk=file.pk).exclude(state=FileState.REFUSED)
        if not others.exists():
            for name in (stored, *previews):
                storage.delete(name)


def lock_bytes(sha256: str) -> None:
    """Until the transaction ends no other stores or deletes these bytes. For this package only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"media:{sha256}"])


def forget_orphans(*, at: datetime) -> int:
    """Remove incoming files that belong to no row: an upload whose transaction was rolled back by a dying
    process. Returns how many."""
    known = set(MediaFile.objects.waiting().values_list("file", flat=True))
    orphans = [
        name
        for name in storage.incoming_names()
        if name not in known and storage.stored_at(name) < at - ORPHANED_AFTER
    ]
    for name in orphans:
        storage.delete(name)
    return len(orphans)


def _descriptions(alt: Mapping[str, str]) -> dict[str, str]:
    said = {code: " ".join(text.split())[:LONGEST_ALT] for code, text in alt.items()}
    return {code: text for code, text in said.items() if text}
