"""Whatever a file's damage is, it gives a document or a problem that names it, and harms no other."""

from pathlib import Path

from bench.fuzzing import careful_reader, damaged, fault
from bench.sample_files import samples
from corpus.kinds import ARCHIVES
from corpus.library import read_file


def test_a_sample_of_every_format_is_read_whole(tmp_path: Path) -> None:
    for ending, data in samples().items():
        if ending in ARCHIVES:
            continue
        (tmp_path / f"t{ending}").write_bytes(data)
        document, problems = read_file(tmp_path / f"t{ending}")
        assert document is not None, (ending, problems)


def test_damaged_files_of_every_format_give_a_document_or_a_problem(tmp_path: Path) -> None:
    """`python -m bench.fuzzing` reads hundreds."""
    reader = careful_reader()
    files = list(damaged(60, seed=7))
    faults = {file.name: fault(file, tmp_path, reader) for file in files}
    reader.close()
    assert len({file.data for file in files}) > 50
    assert [found for found in faults.items() if found[1]] == []
