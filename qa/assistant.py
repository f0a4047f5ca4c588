"""Opens a bundle once and answers from it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from corpus.lexicon.money import is_money
from corpus.types import Document
from index.bundle import Bundle, open_bundle
from index.dense import RememberingEncoder
from index.home import Certainty, read_settings
from index.manifest import Manifest
from index.passages import DocumentShelf
from index.segments.segment import Segment
from index.suggesting.suggester import Suggester
from index.suggesting.types import Suggestion
from index.tokenizer import shared_tokenizer
from qa.answering import Answering
from qa.building.artefacts import read_ledger
from qa.cross.judging import PairJudge, shipped_cross_encoder
from qa.deadline import LONGEST_ANSWER, OutOfTimeError, time_limit
from qa.declining import Reason, decline, refuse_at_once
from qa.evidence.evidence_finding import EvidenceFinder
from qa.evidence.passage_words import WORDS, PassageForms
from qa.evidence.read_order import in_order
from qa.evidence.word_vectors import load_likeness
from qa.foreign.answering import ForeignAnswering, out_of_time
from qa.foreign.opening import frame_encoder, item_meanings, open_foreign
from qa.frames.frame_reader import FrameReader
from qa.frames.operation_model import shipped_operations
from qa.ledger import Ledger
from qa.ledger.describing import Describer
from qa.pieces.answering import PieceAnswering
from qa.pieces.choosing import shipped_models, shipped_thresholds
from qa.pieces.finding import PieceFinder
from qa.pieces.signs import READ
from qa.pieces.storing import PieceStore
from qa.process_setup import set_up_process
from qa.question.languages import JAPANESE, told
from qa.question.readings import open_readings
from qa.question.spelling import CorpusSpelling
from qa.question.vocabulary import open_vocabulary
from qa.replies.messages import LANGUAGES
from qa.replies.printed_first import LEDGER, printed_first
from qa.tables.opening import open_tables
from qa.tables.store.table_catalogue import TableCatalogue
from qa.tables.store.table_store import TableStore
from qa.talk.talk_kinds import Talk
from qa.talk.talk_reading import TalkReader
from qa.talk.talk_replies import led_on, spoken
from qa.types import Evidence, Reply

# Asked when the counter opens, so that no visitor waits for what is read on first use (kana, money, places).
_FIRST = "まどぐちの よさんは いくらで 担当課の場所はどこですか"
_FOREIGN = "Where is the passport centre?"  # the languages are told apart by a model of its own

_Foreign = tuple[ForeignAnswering, str]  # what answers in another language, and that language


class Assistant:
    """Everything that answering needs, opened once. Safe to share between threads."""

    def __init__(
        self,
        bundle: Bundle,
        *,
        certainty: Certainty = Certainty.BALANCED,
        longest_answer: float = LONGEST_ANSWER,
    ) -> None:
        self._bundle = bundle
        self._longest_answer = longest_answer  # seconds
        self._documents = DocumentShelf(bundle.passages)
        tokenizer = shared_tokenizer()
        vocabulary = open_vocabulary(bundle)
        likeness = load_likeness(bundle.path)
        forms = PassageForms(bundle.values(WORDS))
        held = read_ledger(bundle.segments)
        self.ledger = Ledger(held, self._documents)
        describer = Describer(self.ledger, tokenizer, shipped_operations().words)
        meanings = item_meanings(bundle, self.ledger)
        built_in = frame_encoder(bundle)
        encoder = RememberingEncoder(built_in)  # a question's vector is asked for by all that read it
        self.pieces = PieceFinder(PieceStore(bundle.segments), encoder, vocabulary, likeness)
        self.talk = TalkReader(encoder)
        self._tables = TableStore(bundle.segments)
        limits = shipped_thresholds()
        answering = PieceAnswering(
            self.pieces,
            shipped_models(),
            PairJudge(built_in, shipped_cross_encoder()),
            self._documents,
            limits[certainty],
        )
        self.answering = Answering(
            tokenizer=tokenizer,
            spelling=CorpusSpelling(tokenizer, open_readings(bundle), vocabulary),
            finder=EvidenceFinder(bundle.retriever, bundle.passages, forms, vocabulary),
            pieces=answering,
            documents=self._documents,
            frames=FrameReader(self.ledger, encoder, tokenizer, describer),
            tables=open_tables(self._tables, encoder, built_in, likeness, self._documents, certainty),
            budgets=frozenset(
                f.document for f in held.figures if f.fiscal_year is not None and is_money(f.unit)
            ),
        )
        self._foreign = open_foreign(bundle, self.ledger, self._documents, meanings, self.answering, encoder)

    @classmethod
    def open(cls, home: Path) -> "Assistant":
        """Open the home's newest good bundle; BundleError (in Japanese, with the cure) if there is none."""
        opened = cls(open_bundle(home), certainty=read_settings(home).certainty)
        set_up_process()
        return opened

    def read_ahead(self) -> None:
        """Read what not every question needs, where more than one will be asked: a second, 40 MB."""
        self.answering.answer(_FIRST)
        refuse_at_once(_FOREIGN)

    def ask(self, question: str, *, history: Sequence[str] = ()) -> Reply:
        """Return the reply to `question`; `history` holds the questions before it as typed, oldest first.

        A question that takes longer than it may is declined.
        """
        offered = self._as_offered(question, history)
        if offered:
            return offered
        foreign = self._answering_in(question)
        kind, *before = self.talk.kinds([question, *history])
        line = spoken(question, kind, foreign[1] if foreign else JAPANESE) if kind else None
        if line and kind is not Talk.DISTRESS_ASKING:
            return line
        asked = [turn for turn, talk in zip(history, before, strict=True) if talk is None]
        try:
            with time_limit(self._longest_answer):
                reply = self._answered(question, asked, foreign)
        except OutOfTimeError:
            reply = out_of_time(question, foreign[1]) if foreign else decline(question, Reason.OUT_OF_TIME)
        return led_on(line, reply) if line else reply

    def _as_offered(self, question: str, history: Sequence[str]) -> Reply | None:
        """Return what a chosen option tells, in the language that the question was asked in that it was offered for."""
        foreign = self._answering_in(history[-1]) if history else None
        try:
            with time_limit(self._longest_answer):
                return self.answering.as_offered(question, history, foreign[1] if foreign else JAPANESE)
        except OutOfTimeError:
            return decline(question, Reason.OUT_OF_TIME)

    def _answered(self, question: str, history: Sequence[str], foreign: _Foreign | None) -> Reply:
        if foreign:
            return foreign[0].answer(question, foreign[1], history)
        return self.answering.answer(question, self._since_foreign(history))

    def _since_foreign(self, history: Sequence[str]) -> list[str]:
        """Return the turns after the last one in another language: what was spoken of before it was left behind."""
        turns = list(takewhile(lambda turn: not self._answering_in(turn), reversed(history)))
        return turns[::-1]

    def search(self, query: str, *, k: int = 10) -> list[Evidence]:
        """Return the `k` best passages for `query`; those that print the figures asked for come first."""
        question = self.answering.question(query)
        if not question.normalized:
            return []
        found = self.answering.evidence(question, k=max(k, READ))
        read = self.answering.read_first(question, found)
        foreign = self._answering_in(query)
        told, clear = foreign[0].figures(query, foreign[1]) if foreign else self._figures(query)
        printed = [self._printed(reply, found) for reply in told]
        if clear:
            return in_order(*printed, read, found)[:k]
        return in_order(read, *(hits[:1] for hits in printed), found)[:k]

    def _printed(self, reply: Reply, found: Sequence[Evidence]) -> list[Evidence]:
        """Return the passages that print what the ledger tells."""
        hits = printed_first(reply, found, self._bundle.passages)
        return [hit for hit in hits if LEDGER in hit.legs]

    def _figures(self, query: str) -> tuple[list[Reply], bool]:
        """Return what the ledger tells, and that it is clear."""
        told = self.answering.from_ledger(query)
        return [told] if told else [], True

    def suggest(self, typed: str, *, k: int = 8) -> list[Suggestion]:
        """Return at most `k` titles, headings and questions of the documents that fit what is being typed."""
        return self._suggester.suggest(typed, k)

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester.of(self._bundle.segments, shared_tokenizer())

    @cached_property
    def tables(self) -> TableCatalogue:
        """Return the tables of the documents, to look through."""
        return TableCatalogue(self._bundle.segments, self._tables)

    def _answering_in(self, question: str) -> _Foreign | None:
        """Return what answers a question in another language than Japanese, with that language; None where none does."""
        if self._foreign is None:
            return None
        language = told(question)
        return (self._foreign, language) if language != JAPANESE and language in LANGUAGES else None

    @property
    def shelf(self) -> Mapping[str, Document]:
        """Return the documents by id; each is read when it is first asked for."""
        return self._documents

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Return the documents, in the order of the build."""
        return tuple(self._documents.values())

    @property
    def manifest(self) -> Manifest:
        """Return what is known of the bundle that answers."""
        return self._bundle.manifest

    @property
    def segments(self) -> Sequence[Segment]:
        """Return the segments of the bundle that answers."""
        return self._bundle.segments

    @property
    def warning(self) -> str | None:
        """Return why an older bundle answers, where one does."""
        return self._bundle.warning
