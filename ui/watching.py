"""`madoguchi watch`: a folder's changes, a line each, until the service is told to stop."""

import signal
from datetime import datetime
from pathlib import Path
from threading import Event

from qa.building import homes
from ui.printing import say


def watch_folder(home: Path, folder: Path, *, interval: float, once: bool) -> None:
    """Watch until SIGTERM or SIGINT, or for two looks if only `once`; FileNotFoundError if there is no such folder."""
    if not folder.is_dir():
        raise FileNotFoundError(f"フォルダー「{folder}」がありません。場所を確かめてください。")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    watch = homes.watch_folder(home, folder, _told)
    if once:
        watch.look()
        if not stop.wait(interval):
            watch.look()
        return
    _told(f"「{folder}」を {interval:g} 秒ごとに見ています。止めるには Ctrl+C を押してください。")
    watch.run(stop, interval)
    _told("見張りを終えました。")


def _told(sentence: str) -> None:
    say(f"{datetime.now():%Y-%m-%d %H:%M:%S} {sentence}")
