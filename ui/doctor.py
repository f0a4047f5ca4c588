"""`madoguchi doctor`: whether the house is in order, each finding with its cure."""

import json
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.bundle import verify_bundle
from index.home import Layout, SettingsError, read_settings
from index.manifest import BundleError, Manifest
from ui.printing import print_checks

Check = tuple[bool, str, str]
_PARTS = ("SudachiPy", "sudachidict-core", "bm25s", "faiss-cpu", "sentence-transformers", "gradio", "fastapi")


def examine(home: Path, *, quiet: bool) -> bool:
    """Look at settings, bundles, data and parts; print unless `quiet`; return whether the counter can answer."""
    checks = [_settings(home), *_bundles(home)]
    if not quiet:
        print_checks([*_surroundings(home), *checks, *_data(home)])
    return all(good for good, _, _ in checks)


def _surroundings(home: Path) -> Iterator[Check]:
    yield True, "置き場所", str(home)
    yield True, "Python", sys.version.split()[0]
    for part in _PARTS:
        try:
            yield True, part, version(part)
        except PackageNotFoundError:
            yield False, part, "入っていません。「make setup」を実行してください。"


def _settings(home: Path) -> Check:
    try:
        settings = read_settings(home)
    except SettingsError as error:
        return False, "設定", str(error)
    return True, "設定", f"エンコーダー {settings.encoder.name or '内蔵'}"


def _bundles(home: Path) -> Iterator[Check]:
    layout = Layout(home)
    yield _verified("今の索引", lambda: verify_bundle(layout.current))
    if layout.previous.exists():
        yield _verified("一つ前の索引", lambda: verify_bundle(layout.previous))


def _verified(name: str, verify: Callable[[], Manifest]) -> Check:
    try:
        manifest = verify()
    except BundleError as error:
        return False, name, str(error)
    counts = f"文書 {manifest.documents}・箇所 {manifest.passages:,}"
    return True, name, f"{manifest.id}（{counts}・ファイル {len(manifest.files)} 個すべて一致）"


def _data(home: Path) -> Iterator[Check]:
    """Yield what the build could not read or prove."""
    path = Layout(home).current / "problems.json"
    try:
        problems = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    yield not problems, "読めなかった文書", f"{len(problems)} 件"
    for problem in problems:
        yield False, f"  {problem['document']}", problem["message"]
