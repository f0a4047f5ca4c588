"""How fast 100,000 figures load and answer."""

import random
from decimal import Decimal
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from corpus.budgets.storing import read_tables_file, write_tables
from corpus.reading.text import text_document
from corpus.types import Basis, Figure, Measure, Stage, Tables
from index.encoders.use_encoder import fresh_use
from index.tokenizer import shared_tokenizer
from qa.frames.frame_reader import FrameReader
from qa.frames.operation_model import shipped_operations
from qa.ledger import Ledger
from qa.ledger.describing import Describer

_ITEMS = 50_000
_KINDS = "道路 公園 図書館 学校 保育所 消防 下水道 河川 観光 福祉 防災 農業 商店街 博物館 体育館 住宅 水道 環境 国際 文化".split()
_WORKS = "整備 運営 改修 補助 推進 調査 管理 支援 更新 拡張".split()


def measure() -> dict[str, float]:
    """Return load and answer times; two figures an item, this year's and last year's."""
    names = [f"{_KINDS[i % 20]}{_WORKS[i // 20 % 10]}第{i // 200}号事業" for i in range(_ITEMS)]
    text = "\n".join(f"{name} 1,{i % 1000:03d}千円 2,{i % 1000:03d}千円" for i, name in enumerate(names))
    document = text_document(text, id="d", title="予算書", fiscal_year=2024)
    figures = [figure for i, name in enumerate(names) for figure in _figures(i, name)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tables.json"
        write_tables(path, [Tables(tuple(figures))])
        started, cpu = perf_counter(), process_time()
        ledger = Ledger(read_tables_file(path), {"d": document})
        loaded, loaded_cpu = perf_counter() - started, process_time() - cpu
    describer = Describer(ledger, shared_tokenizer(), shipped_operations().words)
    reader = FrameReader(ledger, fresh_use(), shared_tokenizer(), describer)
    reader.reply(f"{names[0]}の予算はいくら")
    times = []
    for name in random.Random(1).sample(names, 200):  # noqa: S311 - a sample, no secret
        started = perf_counter()
        reader.reply(f"{name}の令和6年度の予算はいくらですか")
        times.append(1000 * (perf_counter() - started))
    cut = quantiles(times, n=100)
    return {"load_s": loaded, "load_cpu_s": loaded_cpu, "p50_ms": cut[49], "p99_ms": cut[98]}


def _figures(number: int, name: str) -> list[Figure]:
    return [
        Figure(
            name,
            (),
            year,
            Stage.INITIAL,
            Measure.AMOUNT,
            Decimal(1000 + number % 1000),
            "千円",
            "d",
            1,
            0,
            5,
            Basis.PRINTED,
            0,
            5,
        )
        for year in (2024, 2023)
    ]


if __name__ == "__main__":
    found = measure()
    print(f"数字 10 万件の読込み {found['load_s']:.2f} 秒（CPU {found['load_cpu_s']:.2f} 秒）")
    print(f"数字 10 万件への1問 p50 {found['p50_ms']:.2f} ms・p99 {found['p99_ms']:.2f} ms")
