"""A child of `bench.scale`: an index of very many passages whose vectors are drawn, not encoded.

All legs are built as ever, of every passage's words; what answers need besides is left out. Prints JSON.
"""

import json
import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench.drawn import DRAWN, DrawnEncoder, draw_around_texts, open_drawn
from bench.scale_asking import ASKED, resident, spread
from bench.scale_building import StageClock
from bench.synthetic import PASSAGES_A_FILE, questions, synthetic_file
from corpus.chunking import chunk
from corpus.reading.text import text_document
from index.artefacts import NO_ARTEFACTS
from index.encoders.settings import EncoderSettings
from index.legs import open_retriever
from index.manifest import SEGMENTS, SegmentRecord
from index.passages import PassageStore
from index.segments.analysis import Recipe
from index.segments.making import write_segments
from index.segments.segment import segments_of
from index.segments.sources import ReadSource
from qa.process_setup import set_up_process

_AROUND = 250  # files whose passages are encoded: vectors are drawn around theirs
_BYTES_A_FILE = 12_000


@dataclass(frozen=True, slots=True)
class DrawnRecipe(Recipe):
    """Analyses as ever, but draws the vectors."""

    def opened(self) -> DrawnEncoder:
        """Return the encoder that draws."""
        return open_drawn(self.encoder_folder)


@dataclass(frozen=True, slots=True)
class SyntheticSource:
    """Makes its document where it is read."""

    number: int
    size: int = _BYTES_A_FILE

    def read(self) -> ReadSource:
        """Return the document and its passages."""
        file = synthetic_file(self.number)
        document = text_document(file.text, id=file.name, title=file.title)
        return ReadSource(document, chunk(document))


def build(folder: Path, passages: int) -> dict[str, object]:
    """Write the segments."""
    sources = [SyntheticSource(number) for number in range(passages // PASSAGES_A_FILE)]
    texts = [passage.text for source in sources[:_AROUND] for passage in source.read().passages]
    draw_around_texts(texts).save(folder / "drawn")
    clock = StageClock()
    recipe = DrawnRecipe(EncoderSettings(), folder / "drawn", DRAWN, NO_ARTEFACTS)
    written = write_segments(folder / SEGMENTS, sources, recipe, progress=clock)
    records = [new.record.model_dump() for new in written]
    (folder / "records.json").write_text(json.dumps(records), encoding="utf-8")
    stages = clock.seconds()
    return {
        "passages": sum(new.record.passages for new in written),
        "seconds": sum(stages.values()),
        "stages": stages,
        "stores": {
            f"{new.record.name}/{leg}": asdict(store.report)
            for new in written
            for leg, store in new.stores.items()
        },
    }


def ask(folder: Path) -> dict[str, object]:
    """Ask all legs, fused."""
    set_up_process()
    records = [SegmentRecord(**record) for record in json.loads((folder / "records.json").read_text())]
    segments = segments_of(folder, records)
    store = PassageStore([segment.passages for segment in segments], sum(r.passages for r in records))
    retriever = open_retriever(segments, open_drawn(folder / "drawn"), store)
    asked = questions(ASKED)
    figures = spread(partial(retriever.search, k=10), asked)
    legs = {leg: spread(partial(retriever.search, k=10, legs=[leg]), asked) for leg in retriever.legs}
    return {"retrieval": figures, "legs": legs, "resident_mb": resident()}


def main(work: str, folder: str, passages: str = "0") -> None:
    """Build or ask, and print what it took."""
    print(json.dumps(build(Path(folder), int(passages)) if work == "build" else ask(Path(folder))))


if __name__ == "__main__":
    main(*sys.argv[1:])
