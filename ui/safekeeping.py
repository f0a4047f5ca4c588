"""The commands `backup` and `restore`: a home in one file, and back."""

from pathlib import Path

from index.homes.home_backup import Backup
from index.homes.home_backup import back_up as write_backup
from index.homes.restoring import restore
from ui.printing import say


def back_up(home: Path, file: Path, *, replacing: bool) -> None:
    """Write a backup, and say what is in it."""
    backup = write_backup(home, file, replacing=replacing)
    _tell(f"控え「{file}」を作り、読み返して確かめました", backup)


def put_back(home: Path, file: Path) -> None:
    """Restore a backup, and say where the home of before is."""
    _tell(f"控え「{file}」から戻しました", restore(file, home))


def _tell(done: str, backup: Backup) -> None:
    contents = backup.contents
    say(f"{done}（索引 {contents.bundle}・ファイル {len(contents.files)} 個・{backup.size / 1e6:,.0f} MB）。")
    for note in backup.notes:
        say(note)
