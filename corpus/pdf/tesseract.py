"""Debian's tesseract-ocr: the picture of a page goes in, its words with their places and confidence come out."""

import os
import subprocess
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from corpus.pdf.page_picture import DPI, Picture

SECONDS = 60
"""By the clock, for one page set one way: a full one takes one second of a free core, and some are busy."""
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
"""All that the program is told of its surroundings. Documents are read by all cores at once: it has one."""


class Setting(Enum):
    """How a page is set: the language data for it and Tesseract's page segmentation mode.

    For lines across, 3 (blocks are found) reads as well as 6 (one block) and reads columns; for vertical ones, 5 (one
    vertical block) reads better than 3.
    """

    ACROSS = ("jpn", "3")
    VERTICAL = ("jpn_vert", "5")


class OcrError(RuntimeError):
    """A page could not be read by the program; the message, in Japanese, says why, and the cure."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program at a place, which may have none."""

    program: Path = Path("/usr/bin/tesseract")

    @property
    def installed(self) -> bool:
        """Tell whether it is there."""
        return os.access(self.program, os.X_OK)

    def command(self, setting: Setting) -> list[str]:
        """Return the program with its arguments: a picture from stdin, a row a word (TSV) to stdout."""
        language, segmentation = setting.value
        options = ["--dpi", str(DPI), "-l", language, "--psm", segmentation]
        return [str(self.program), "stdin", "stdout", *options, "tsv"]

    def read(self, picture: Picture, setting: Setting) -> str:
        """Return the words of a picture as TSV; raises OcrError."""
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program with fixed arguments
                self.command(setting),
                input=picture.pgm,
                capture_output=True,
                env=ENVIRONMENT,
                timeout=SECONDS,
                check=True,
            )
        except subprocess.TimeoutExpired as error:
            raise OcrError(
                f"{SECONDS}秒で終わりませんでした。汚れのないようにスキャンし直してください。"
            ) from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise OcrError(
                "tesseract が動きません。make ocr で日本語データとともに入れ直してください。"
            ) from error
        return done.stdout.decode("utf-8", "replace")


TESSERACT = Tesseract()
