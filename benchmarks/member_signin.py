"""Members who sign in by a mailed link: a thousand in a minute without a lost mail, and whether the time of
the answer tells who has an account.

    python benchmarks/member_signin.py [--signins 1000] [--clients 8] [--times 2000]

Each sign-in asks for a link over HTTP, waits for the mail that the worker hands to an SMTP server, opens the
link in the same browser and sees the start page. The limit of the same run: mails handed to the same server
with nothing before them. Then known and unknown addresses are asked for in random order (Mann–Whitney).
Wanted: no mail lost, a thousand within 60 s, p > 0.01.
"""

import argparse
import queue
import random
import smtplib
import threading
import time

from aiosmtpd.controller import Controller
from rig.figures import Aims, machine, percentile
from rig.installation import free_port, new_installation
from rig.member import Mailbox, MemberVisitor
from rig.visitor import Refused
from scipy.stats import mannwhitneyu


def main() -> int:
    """Measure; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--signins", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--times", type=int, default=2000, help="answers for known and unknown addresses")
    options = parser.parse_args()
    aims, box = Aims(), Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        limit = hand_over(controller.port, min(options.signins, 300))
        with new_installation(
            SAUGA_SMTP_URL=f"smtp://127.0.0.1:{controller.port}", SAUGA_PRESSURE_POSTS="0"
        ) as installation:
            port = installation.serve(workers=2)
            installation.start("-m", "sauga", "work")
            sign_in(port, box, "first@nariai.example")
            before = box.count
            seconds, took, lost = sign_in_all(port, box, options.signins, options.clients)
            mails = box.count - before
            asked = compare(port, options.times)
    finally:
        controller.stop()
    rate = options.signins / seconds * 60
    print(f"{options.signins} sign-ins in {seconds:.1f} s, {rate:.0f} a minute ({machine()})")
    p50, p95 = percentile(took, 0.5), percentile(took, 0.95)
    print(f"  from asking to the start page: p50 {p50:.2f} s, p95 {p95:.2f} s")
    print(f"  limit, mails alone: {limit:.0f} a minute; ours is {rate / limit:.0%} of it")
    aims.expect("sign-ins a minute", rate, least=1000)
    aims.expect("lost sign-ins", lost, most=0)
    aims.expect("mails that are missing", max(0, options.signins - mails), most=0)
    for name, times in asked.items():
        p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
        print(f"  {name:14} p50 {p50:.3f} ms, p95 {p95:.3f} ms")
    for name in ("known", "unknown again"):
        aims.expect(
            f"p of “{name}” beside “unknown”",
            float(mannwhitneyu(asked["unknown"], asked[name]).pvalue),
            least=0.01,
        )
    return aims.verdict()


def hand_over(port: int, count: int) -> float:
    """Mails a minute that the server takes, a connection each, one after the other."""
    began = time.monotonic()
    for number in range(count):
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("a@sauga.example", f"limit{number}@nariai.example", "Subject: x\r\n\r\nx\r\n")
    return count / (time.monotonic() - began) * 60


def sign_in(port: int, box: Mailbox, address: str) -> float:
    """Seconds from asking to the start page. Raises Refused."""
    began = time.monotonic()
    with MemberVisitor(port) as visitor:
        visitor.ask(address)
        path = box.link(address)
        if not path:
            raise Refused(0, b"no mail")
        visitor.enter(path)
        answer = visitor.get("/lt/mano/")
        if answer.status != 200:
            raise Refused(answer.status, answer.page)
    return time.monotonic() - began


def sign_in_all(port: int, box: Mailbox, count: int, clients: int) -> tuple[float, list[float], int]:
    """Seconds for all, of each, and how many failed."""
    waiting: queue.Queue[str] = queue.Queue()
    for number in range(count):
        waiting.put(f"narys{number}@nariai.example")
    took: list[float] = []
    failed: list[str] = []

    def work() -> None:
        while True:
            try:
                address = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                took.append(sign_in(port, box, address))
            except (Refused, OSError) as fault:
                failed.append(f"{address}: {fault}")

    began = time.monotonic()
    threads = [threading.Thread(target=work) for _ in range(clients * 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for fault in failed[:3]:
        print(f"  failed: {fault}")
    return time.monotonic() - began, took, len(failed)


def compare(port: int, times: int) -> dict[str, list[float]]:
    """How long asking takes for an address with an account, without one, and without one again."""
    kinds = {
        "known": lambda: "first@nariai.example",
        "unknown": lambda: f"n{random.getrandbits(40):010x}@nariai.example",
        "unknown again": lambda: f"n{random.getrandbits(40):010x}@nariai.example",
    }
    turns = [name for name in kinds for _ in range(times)]
    random.shuffle(turns)
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    with MemberVisitor(port) as visitor:
        for name in turns:
            taken[name].append(visitor.ask(kinds[name]()))
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
