"""A run by a real Ray cluster of two nodes, one of which is killed in the middle; what became of it, as lines of JSON.

`python -m tests.cluster.two_machines SOURCE OUTPUT FEWEST`: for a process of its own, which Ray fills with threads.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import sys
import time
from pathlib import Path
from typing import Any

from converter.build.executor import LostPiece
from converter.cluster.ray_cluster import SURROUNDINGS, RayCluster
from converter.cluster.run import ArchiveRun, KeptShard, merged
from tests.cluster import poison

SMALL = 80_000_000  # bytes of a node's store
WAITED = 500  # times a fiftieth of a second, for a node to be at work
KILLED_AFTER = 1.5  # seconds after the first story is told: then pieces are at work on both nodes


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def main(source: str, output: str, fewest: int) -> None:
    for name, value in {
        **SURROUNDINGS,
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_health_check_initial_delay_ms": "500",
        "RAY_health_check_period_ms": "500",
        "RAY_health_check_timeout_ms": "1000",
        "RAY_health_check_failure_threshold": "2",
    }.items():
        os.environ[name] = value
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": SMALL}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    nodes = [cluster.add_node(num_cpus=1, object_store_memory=SMALL) for _ in range(2)]
    run = ArchiveRun([source], output, poison.LIMITS, fewest=fewest)
    try:
        with RayCluster(cluster.address, task=poison.do) as executor:
            run.find(executor)
            say(stories=run.stories, pieces=len(run.pieces))
            for told, one in enumerate(run.results(executor)):
                if isinstance(one, LostPiece):
                    say(lost=one.why)
                elif isinstance(one, KeptShard):
                    say(kept=one.problems)
                else:
                    say(name=one.name, title=one.row.title, error=one.error, books=one.row.books)
                if told == 0:
                    time.sleep(KILLED_AFTER)
                    say(killed=kill(at_work(nodes)))
        say(merged=merged(run))
    finally:
        cluster.shutdown()


def at_work(nodes: list[Any]) -> Any:
    """One of the nodes that is making stories, as soon as there is one."""
    for _ in range(WAITED):
        with contextlib.suppress(OSError):  # a process that ended meanwhile
            if busy := [node for node in nodes if _pieces_of(node)]:
                return busy[-1]
        time.sleep(0.02)
    return nodes[-1]


def _pieces_of(node: Any) -> list[int]:
    family = below(node.all_processes["raylet"][0].process.pid)
    return [pid for pid in family if b"ray::_done" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def kill(node: Any) -> int:
    """Kills all processes of a node at once, as a machine that loses its power; how many stories it was at."""
    working = _pieces_of(node)
    for pid in below(node.all_processes["raylet"][0].process.pid):
        os.kill(pid, signal.SIGKILL)
    return len(working)


def below(pid: int) -> list[int]:
    """This process and all that it began, and they."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(other for child in children for other in below(int(child)))]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
