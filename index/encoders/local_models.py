"""Models of the sentence-transformers library that lie on this machine: found, fingerprinted, opened; never fetched."""

from hashlib import file_digest, sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.encoders.settings import EncoderError, ModelSettings
from index.offline import sentence_transformers

_NEEDED = {"torch": (), "onnx": ("optimum", "onnxruntime"), "openvino": ("optimum", "openvino")}
# Folders in which a model keeps its weights for another backend.
_OTHERS = {"torch": ("onnx", "openvino"), "onnx": ("openvino",), "openvino": ("onnx",)}
_NO_PART = (".md", ".lock")  # descriptions and locks: they may change and the model is the same


def model_folder(name: str) -> Path:
    """Return where the model lies: a folder, or by its name on the Hugging Face Hub the local cache's."""
    path = Path(name).expanduser()
    if path.is_dir():
        return path
    sentence_transformers()  # sets the switches that keep the hub's client off the network, before it is imported
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except Exception as error:
        raise _not_opened(name, error) from error


def fingerprint(settings: ModelSettings, name: str) -> str:
    """Return a digest of the model's files and of the settings that change what it gives."""
    digest = sha256(settings.model_dump_json(exclude={"name", "batch_size"}).encode())
    folder = model_folder(name)
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if not path.is_file() or path.suffix in _NO_PART or inner.parts[0].startswith("."):
            continue
        if inner.parts[0] in _OTHERS[settings.backend]:
            continue
        with path.open("rb") as file:
            digest.update(inner.as_posix().encode() + b"\0" + file_digest(file, "sha256").digest())
    return f"st-{digest.hexdigest()[:16]}"


def open_model(kind: str, settings: ModelSettings, name: str, *, expected: str | None, **options: Any) -> Any:
    """Return the model, an object of sentence-transformers' class `kind`.

    EncoderError if it cannot be opened, its backend is not installed, or its fingerprint is not the expected one.
    """
    _check_backend(settings)
    if expected not in (None, fingerprint(settings, name)):
        raise EncoderError(
            f"モデル「{name}」は索引を作ったときのものと違います。元のモデルに戻すか、"
            "「madoguchi build」で索引を作り直してください。"
        )
    if settings.dtype != "float32":
        options["model_kwargs"] = {"dtype": settings.dtype}
    try:
        return getattr(sentence_transformers(), kind)(
            str(model_folder(name)), backend=settings.backend, local_files_only=True, **options
        )
    except Exception as error:
        raise _not_opened(name, error) from error


def _check_backend(settings: ModelSettings) -> None:
    missing = [package for package in _NEEDED[settings.backend] if find_spec(package) is None]
    if missing:
        raise EncoderError(
            f"バックエンド「{settings.backend}」に要るパッケージ（{'、'.join(missing)}）がありません。"
            f"「pip install 'sentence-transformers[{settings.backend}]'」で入れるか、"
            "--backend torch で作り直してください。"
        )
    if settings.backend != "torch" and settings.dtype != "float32":
        raise EncoderError(
            f"--dtype {settings.dtype} はバックエンド「torch」だけで使えます（今は「{settings.backend}」）。"
            "--dtype float32 にするか、--backend torch で作り直してください。"
        )


def _not_opened(name: str, error: Exception) -> EncoderError:
    if isinstance(error, EncoderError):
        return error
    return EncoderError(
        f"モデル「{name}」を開けません（{type(error).__name__}）。"
        "実行時にダウンロードはしません。モデルのフォルダーのパスを指定するか、"
        "そのモデルを使わずに作り直してください（madoguchi build）。"
    )
