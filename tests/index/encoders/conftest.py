"""The built-in encoder, read from pip's files once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.encoders.opening import prepare_encoder
from index.encoders.settings import EncoderSettings
from index.encoders.use_encoder import UseEncoder


@pytest.fixture(scope="session", autouse=True)
def one_blas_thread() -> Iterator[None]:
    """As in a process that answers; several would wait for one another."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield


@pytest.fixture(scope="session")
def use_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the query path; tests that write must copy them."""
    folder = tmp_path_factory.mktemp("encoder")
    prepare_encoder(EncoderSettings(), folder)
    return folder


@pytest.fixture(scope="session")
def use(use_folder: Path) -> UseEncoder:
    from index.encoders.use_encoder import open_use

    return open_use(use_folder)
