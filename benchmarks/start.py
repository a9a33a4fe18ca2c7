"""How soon `itpulse serve` answers and what it holds in memory, beside what it must import."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.ground import Ground
from benchmarks.measure import Pair, aim, heading, say, times_bare

TURNS: Final = 7
#: Seconds until /healthz answers, and MiB held then.
LONGEST: Final = 1.2
MOST: Final = 130.0
#: Seconds between two looks whether it answers, and until we stop looking.
PAUSE: Final = 0.005
PATIENCE: Final = 60.0

ITPULSE: Final = (sys.executable, "-c", "import itpulse; itpulse.main()")
IMPORTS: Final = "import sqlalchemy, aiohttp"
BARE: Final = (sys.executable, "-c", f"{IMPORTS}; print(flush=True); input()")
#: What would connect it to somebody, or somewhere else.
OURS: Final = ("ITPULSE_", "SLACK_", "TEAMS_")


@dataclass(slots=True)
class Start:
    """Times of ours and of the bare imports, and the memory of each in MiB."""

    times: Pair = field(default_factory=Pair)
    held: list[float] = field(default_factory=list)
    held_bare: list[float] = field(default_factory=list)


async def run(ground: Ground) -> None:
    heading(f"start: beside python -c '{IMPORTS}'")
    new, known, help_ = Start(), Start(), Start()
    with ground.sqlite() as site:
        for turn in range(TURNS + 1):
            counts = turn > 0  # the first one warms the disk's cache
            _serve(new if counts else Start(), site.folder / f"new{turn}")
            _serve(known if counts else Start(), site.folder / "known")
            _help(help_ if counts else Start())
    _tell_serve("itpulse serve", known)
    _tell_serve("itpulse serve, the first time in a directory", new)
    _tell("itpulse --help", help_)


def _tell(what: str, start: Start, *verdict: str) -> None:
    say(what, f"{start.times.ours.p50:.2f} s", times_bare(start.times, "bare"), *verdict)
    say("    bare", f"{start.times.bare.p50:.2f} s")


def _tell_serve(what: str, start: Start) -> None:
    _tell(what, start, aim(start.times.ours.p50 <= LONGEST, f"at most {LONGEST:g} s"))
    held, bare = median(start.held), median(start.held_bare)
    kept = aim(held <= MOST, f"at most {MOST:g} MiB")
    say("    in memory", f"{held:.0f} MiB", f"{held / bare:.2f} x bare", kept)


def _serve(start: Start, folder: Path) -> None:
    _bare(start)
    port = _free_port()
    began = time.perf_counter()
    with _running(*ITPULSE, "serve", "--data", str(folder), "--port", str(port)) as child:
        while not _answers(port):
            time.sleep(PAUSE)
            if child.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise SystemExit("itpulse serve did not come up")
        start.times.ours.seconds.append(time.perf_counter() - began)
        start.held.append(_mebibytes(child.pid))


def _help(start: Start) -> None:
    _bare(start)
    began = time.perf_counter()
    with _running(*ITPULSE, "--help") as child:
        child.wait()
    start.times.ours.seconds.append(time.perf_counter() - began)


def _bare(start: Start) -> None:
    began = time.perf_counter()
    with _running(*BARE) as child:
        assert child.stdout
        child.stdout.readline()
        start.times.bare.seconds.append(time.perf_counter() - began)
        start.held_bare.append(_mebibytes(child.pid))


@contextmanager
def _running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {name: v for name, v in os.environ.items() if not name.startswith(OURS)}
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    try:
        yield child
    finally:
        child.terminate()
        child.communicate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().status == 200
    except OSError:
        return False
    finally:
        asking.close()


def _mebibytes(pid: int) -> float:
    """What a program holds in memory now."""
    told = subprocess.run(("ps", "-o", "rss=", "-p", str(pid)), capture_output=True, check=True)
    return int(told.stdout) / 1024
