"""Opens the legs of a bundle whose segments are in Milvus."""

from collections.abc import Sequence

from index.array_file import map_array_file
from index.dense import STOOD_FOR, RememberingEncoder
from index.fields import DENSE, SATURATIONS, TITLE
from index.milvus.binding import Binding
from index.milvus.checking import check
from index.milvus.connection import connect
from index.milvus.frequencies import Rarities, load_term_rows
from index.milvus.legs import MilvusTerms, MilvusTermsLeg, MilvusTitlesLeg, MilvusWindowsLeg
from index.milvus.searching import Search, SegmentPlace, Standing, opened
from index.ranking import Leg
from index.segments.segment import Segment
from index.terms import TERMS


def open_search(binding: Binding, segments: Sequence[Segment]) -> Search:
    """Return a bundle's view of its collections; StoreError if they are not what it wrote."""
    connection = connect(binding.uri)
    check(connection, binding)
    search = opened(
        connection,
        binding,
        {segment.folder.name: _place(segment) for segment in segments},
        {segment.folder.name: segment.removed for segment in segments},
    )
    search.warm()
    return search


def open_terms(search: Search, segments: Sequence[Segment], passages: int) -> MilvusTerms:
    """Return what ranks by terms; `passages` count in all segments together."""
    analysers = {leg: TERMS[leg.removesuffix(TITLE)] for leg in SATURATIONS}
    weighing = {
        leg: Rarities([load_term_rows(s.folder, leg, live=s.live) for s in segments], passages)
        for leg in SATURATIONS
    }
    return MilvusTerms(search, analysers, weighing)


def open_legs(
    binding: Binding, segments: Sequence[Segment], encoder: RememberingEncoder, passages: int
) -> dict[str, Leg]:
    """Return the legs by name, as the local ones are called; StoreError if Milvus is not as the bundle left it."""
    search = open_search(binding, segments)
    terms = open_terms(search, segments, passages)
    further = any(bound.windows for bound in binding.segments.values())
    return {
        **{leg: MilvusTermsLeg(leg, terms) for leg in SATURATIONS},
        DENSE: MilvusWindowsLeg(search, encoder, has_further=further),
        f"{DENSE}{TITLE}": MilvusTitlesLeg(search, encoder),
    }


def _place(segment: Segment) -> SegmentPlace:
    windows, titles = (
        Standing(**map_array_file(segment.folder / f"{leg}{STOOD_FOR}")) for leg in (DENSE, f"{DENSE}{TITLE}")
    )
    return SegmentPlace(segment.base, windows, titles, segment.live)
