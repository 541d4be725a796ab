"""P8: what an idle desk costs, started as people start it (lab/bench/idle.py tells by which of its processes)."""

from collections.abc import Iterator

from lab.bench.bench import Bench
from lab.bench.figures import Measured
from lab.bench.idle import Idle, idle_desk
from lab.bench.idle import measure as looked_at


def measure(bench: Bench) -> Iterator[Measured]:
    """Yield the figures of P8."""
    seconds, seen, parts = bench.size(3, 30), list[Idle](), ""
    with idle_desk() as supervisor:
        for _ in range(bench.rounds):
            seen.append(looked_at(supervisor, seconds))
            parts = ", ".join(f"{name} {part.pss:.0f}" for name, part in sorted(seen[-1].parts.items()))
            bench.say(f"{seen[-1].pss:.0f} MB ({parts}); {seen[-1].cpu:.1f} % of a core")
    yield Measured("P8", tuple(one.pss for one in seen), note=parts)
    yield Measured("P8 CPU", tuple(one.cpu for one in seen))
    yield Measured("P8 child", tuple(one.child for one in seen))
