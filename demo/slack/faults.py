"""What can be made to go wrong: refusals, broken connections, answers lost on the way, and being down."""

import random
import threading
from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["429", "500", "closed", "hang"]


@dataclass
class Fault:
    """What goes wrong with calls of one method ("*": any).

    `times` calls are hit (None: no end), or each with the chance `share`. With `after`, the call takes effect and
    only its answer is lost. "hang" keeps the caller waiting `seconds` and then closes; `seconds` is also what a 429
    gives as Retry-After.
    """

    method: str
    kind: FaultKind
    times: int | None = 1
    share: float = 1.0
    after: bool = False
    seconds: float = 1.0


class Faults:
    """The faults in force. Seeded, so that a share of calls is the same share on every run."""

    def __init__(self, seed: int = 1) -> None:
        self.down = False
        self._faults: list[Fault] = []
        self._dice = random.Random(seed)
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Put a fault in force."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self.down = False
            self._faults.clear()

    def strike(self, method: str) -> Fault | None:
        """The fault that hits this call, if one does."""
        with self._lock:
            for fault in self._faults:
                if fault.method in {"*", method} and fault.times != 0 and self._dice.random() < fault.share:
                    if fault.times is not None:
                        fault.times -= 1
                    return fault
        return None
