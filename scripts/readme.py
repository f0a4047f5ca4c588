"""The README's console examples: run them, compare them, write their real output.

`make readme` rewrites both READMEs; `tests/test_readme.py` fails where they have gone stale.
"""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.ja.md")
PORT = "7860"
SHOWN_HOME = "~/.local/share/madoguchi"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
# What differs from run to run and says nothing: bundle ids, dates, seconds, the fifth decimal of a score.
_PASSING = (
    (re.compile(r"\d{8}T\d{6}-[0-9a-f]{12}"), "BUNDLE"),
    (re.compile(r"\d{4}-?\d\d-?\d\d[-T ]\d\d:?\d\d(:?\d\d)?"), "TIME"),
    (re.compile(r"\d+\.\d+ ?(秒|ms)"), r"N \1"),
    (re.compile(r'"total": [\d.]+'), '"total": N'),
    (re.compile(r'"confidence": [\d.]+'), '"confidence": N'),
    (re.compile(r"Python \d+\.\d+\.\d+"), "Python N"),
    (re.compile(r"\b\d\.\d{4}\b"), "SCORE"),
)


@dataclass(frozen=True, slots=True)
class Example:
    """One command of a console block, and the output under it."""

    command: str
    output: str


def blocks(text: str) -> list[list[Example]]:
    """Return the console blocks of a README."""
    return [list(_examples(body)) for body in _BLOCK.findall(text)]


def same(one: str, other: str) -> bool:
    """Return whether two outputs say the same."""
    return _settled(one) == _settled(other)


def refreshed(text: str, session: "Session") -> str:
    """Return the README with every output as it is now."""

    def renew(match: re.Match[str]) -> str:
        lines = "".join(
            f"$ {example.command}\n{session.run(example.command)}" for example in _examples(match[1])
        )
        return f"```console\n{lines}```"

    return _BLOCK.sub(renew, text)


class Session:
    """A shell in an empty folder with a home of its own; commands follow one another as in the README."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._home = folder / "work", folder / "home"
        self._folder.mkdir(parents=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = str(free.getsockname()[1])
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self._environment = {
            **os.environ,
            "PATH": path,
            "MADOGUCHI_HOME": str(self._home),
            "PYTHONPATH": str(ROOT),
        }
        self._server: subprocess.Popen[str] | None = None

    def run(self, command: str) -> str:
        """Return what the command prints on stdout."""
        command = command.replace(f":{PORT}", f":{self._port}")
        if command.startswith("madoguchi serve"):
            return self._serve([*command.removesuffix("&").split(), "--port", self._port])
        done = subprocess.run(
            ["bash", "-c", command],
            env=self._environment,
            cwd=self._folder,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        return self._shown(done.stdout)

    def close(self) -> None:
        """Stop the server, where one was started."""
        if self._server:
            self._server.terminate()
            self._server.wait(timeout=20)

    def _serve(self, command: list[str]) -> str:
        self._server = subprocess.Popen(
            command, env=self._environment, cwd=self._folder, stdout=subprocess.PIPE, text=True
        )
        out = self._server.stdout
        return self._shown("".join(out.readline() for _ in range(4))) if out else ""

    def _shown(self, output: str) -> str:
        trimmed = "\n".join(line.rstrip() for line in output.splitlines())
        told = trimmed.replace(str(self._home), SHOWN_HOME).replace(f":{self._port}", f":{PORT}")
        return f"{told}\n" if told else ""


def _examples(body: str) -> Iterator[Example]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield Example(command, output)


def _settled(output: str) -> list[str]:
    for pattern, name in _PASSING:
        output = pattern.sub(name, output)
    return [" ".join(line.split()) for line in output.splitlines() if line.strip()]


def main() -> None:
    """Rewrite the English README and carry its examples over to the Japanese one."""
    english, japanese = (path.read_text(encoding="utf-8") for path in READMES)
    with TemporaryDirectory() as folder:
        session = Session(Path(folder))
        try:
            english = refreshed(english, session)
        finally:
            session.close()
    ours = iter(_BLOCK.findall(english))
    japanese = _BLOCK.sub(lambda _: f"```console\n{next(ours)}```", japanese)
    for path, text in zip(READMES, (english, japanese), strict=True):
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
