"""Clients in one process: each keeps a connection open and asks as soon as it has its reply."""

import asyncio
import json
import sys
from collections.abc import Iterator
from itertools import count
from time import perf_counter
from urllib.parse import urlsplit


async def client(
    address: str, bodies: list[bytes], turns: Iterator[int], until: float
) -> tuple[list[float], int]:
    """Ask until the time or the turns are over; return seconds per question, and the number of errors."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    taken, errors = [], 0
    for turn in turns:
        if perf_counter() >= until:
            break
        body = bodies[turn % len(bodies)]
        head = f"POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        started = perf_counter()
        writer.write(head.encode() + body)
        errors += not await _good(reader)
        taken.append(perf_counter() - started)
    writer.close()
    return taken, errors


async def _good(reader: asyncio.StreamReader) -> bool:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
    body = await reader.readexactly(length)
    return head.startswith(b"http/1.1 200") and b'"status"' in body


async def measure(
    address: str, questions: list[str], clients: int, seconds: float, again: bool
) -> dict[str, float]:
    """Run the clients side by side; each question is asked once, or `again` and again."""
    bodies = [json.dumps({"question": question}).encode() for question in questions]
    turns, started = count() if again else iter(range(len(bodies))), perf_counter()
    seen = await asyncio.gather(*(client(address, bodies, turns, started + seconds) for _ in range(clients)))
    elapsed = perf_counter() - started
    taken = sorted(one for times, _ in seen for one in times)
    return {
        "questions": len(taken),
        "per_second": len(taken) / elapsed,
        "p50_ms": taken[len(taken) // 2] * 1_000,
        "p99_ms": taken[int(len(taken) * 0.99)] * 1_000,
        "errors": sum(errors for _, errors in seen),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(**json.load(sys.stdin)))))
