"""A newcomer's first `make demo`, beside installing its libraries alone: seconds and bytes.

It fetches everything anew, so it needs the network, takes a few minutes and runs only when named:
`make bench ARGS=newcomer`. What is not committed is not in the clone that it tries.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlsplit

from benchmarks.ground import Ground
from benchmarks.measure import aim, heading, say

TOP: Final = Path(__file__).parents[1]
#: Seconds and megabytes that the demo may cost somebody on a home line.
LONGEST: Final = 60.0
MOST: Final = 120.0
#: Megabits a second of such a line.
HOME_LINE: Final = 50.0
SAID: Final = "ITPulse is at "
#: What would connect it to somebody, or fetch from what was fetched before.
OURS: Final = ("ITPULSE_", "SLACK_", "TEAMS_", "MAKE", "MFLAGS", "VIRTUAL_ENV")


async def run(_ground: Ground) -> None:
    heading("newcomer: a first make demo on a fresh clone, beside its libraries alone")
    with TemporaryDirectory() as name:
        folder = Path(name)
        fetched = _fetched(folder / "wheels")
        clone = folder / "clone"
        _call("git", "clone", "--quiet", str(TOP), str(clone))
        demo = _until_the_page(clone, folder)
        bare = _bare(clone, folder)
    line = fetched * 8 / HOME_LINE
    say("make demo, until the page is there", f"{demo:.1f} s", f"{demo / bare:.2f} x bare")
    say("    bare: the same lock into an empty environment", f"{bare:.1f} s")
    say("fetched", f"{fetched:.1f} MB", aim(fetched <= MOST, f"at most {MOST:g} MB"))
    say(f"    at {HOME_LINE:g} Mbit/s", f"{line:.1f} s")
    # Here the network may be slower or faster than at home; the whole is reckoned for the worse.
    whole = demo + max(0.0, line - bare)
    say("on a home line", f"{whole:.0f} s", aim(whole <= LONGEST, f"at most {LONGEST:g} s"))


def _fetched(folder: Path) -> float:
    """Megabytes of the very files that the locks name for this machine: libraries and installer."""
    python = str(Path(sys.base_prefix, "bin", "python3"))  # an environment of uv's has no pip
    for lock in ("run", "uv"):
        _call(
            *(python, "-m", "pip", "download", "--quiet", "--no-cache-dir", "--no-deps"),
            *("--require-hashes", "--dest", str(folder), "-r", f"{TOP}/requirements/{lock}.txt"),
        )
    return sum(file.stat().st_size for file in folder.iterdir()) / 1e6


def _until_the_page(clone: Path, folder: Path) -> float:
    began = time.perf_counter()
    with _running("make", "demo", "ARGS=--port 0", cwd=clone, cache=folder / "cache") as child:
        assert child.stdout
        told = ""
        for line in child.stdout:
            if line.startswith(SAID):
                _get(line.removeprefix(SAID).strip())
                return time.perf_counter() - began
            told += line
        raise SystemExit(f"make demo ended before there was a page:\n{told}")


def _bare(clone: Path, folder: Path) -> float:
    uv, venv = str(clone / ".tools/bin/uv"), str(folder / "venv")
    lock, cache = str(clone / "requirements/run.txt"), folder / "another-cache"
    _call(uv, "venv", "--quiet", venv, cache=cache)
    began = time.perf_counter()
    _call(uv, "pip", "install", "-q", "--python", venv, "--require-hashes", "-r", lock, cache=cache)
    return time.perf_counter() - began


def _get(address: str) -> None:
    place = urlsplit(address)
    asking = HTTPConnection(place.hostname or "", place.port, timeout=10)
    asking.request("GET", "/")
    if asking.getresponse().status != 200:
        raise SystemExit("there is no page")
    asking.close()


def _environment(cache: Path | None) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    fresh = {"UV_CACHE_DIR": str(cache), "PIP_NO_CACHE_DIR": "1"} if cache else {}
    return {**known, **fresh, "UV_SYSTEM_CERTS": "true"}


def _call(*command: str, cache: Path | None = None) -> None:
    ended = subprocess.run(command, env=_environment(cache), capture_output=True, text=True)
    if ended.returncode:
        raise SystemExit(ended.stderr)


@contextmanager
def _running(*command: str, cwd: Path, cache: Path) -> Iterator[subprocess.Popen[str]]:
    # A group of its own: make's children are stopped with it.
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env=_environment(cache),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    )
    try:
        yield child
    finally:
        os.killpg(child.pid, 15)
        child.communicate()
