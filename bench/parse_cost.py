"""What one letter costs to read: seconds of the processor and megabytes, in a process of its own.

Run: .venv/bin/python -m bench.parse_cost < letter.eml
It prints {"seconds": …, "megabytes": …}. ``cost`` does the same from another program.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from intake.parse import parse

ROOT = Path(__file__).parent.parent

GIVE_UP_SECONDS = 30
"""Seconds of the processor after which the reading is ended from outside: it is far too slow by then."""

_MOST_BYTES = 4_000_000_000


def cost(raw: bytes) -> tuple[float, float]:
    """Seconds of the processor and megabytes of memory that ``parse`` takes for a letter, in a fresh process.

    Raises CalledProcessError when the reading raises, or goes on for longer than GIVE_UP_SECONDS.
    """
    command = [sys.executable, "-m", "bench.parse_cost"]
    said = subprocess.run(command, cwd=ROOT, input=raw, capture_output=True, check=True).stdout
    figures = json.loads(said)
    return figures["seconds"], figures["megabytes"]


def kilobytes(what: str) -> int:
    """What this process holds now (“VmRSS”) or the most it ever held (“VmHWM”), and not what its parent did."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))


def main() -> None:
    """Read the letter on standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (GIVE_UP_SECONDS, GIVE_UP_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    raw = sys.stdin.buffer.read()
    parse(b"From: a@b.example\n\n<p>Good morning.")  # whatever is loaded only once is loaded now
    held, began = kilobytes("VmRSS"), time.process_time()
    parse(raw)
    seconds = time.process_time() - began
    print(json.dumps({"seconds": round(seconds, 3), "megabytes": round((kilobytes("VmHWM") - held) / 1000, 1)}))


if __name__ == "__main__":
    main()
