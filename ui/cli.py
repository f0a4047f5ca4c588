"""The command line. Light at import: `ask` answers a cold shell, the web server and the builder load when called."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from index.home import Certainty, default_home
from index.milvus.settings import (
    TOKEN_VARIABLE,
    StoreChoiceError,
    StoreKind,
    StoreSettings,
    chosen_store,
)
from index.os_reasons import reason

DONE, FAILED, MISUSED = 0, 1, 2

app = typer.Typer(
    help="窓口：市の文書にもとづいて、出典つきで答えます。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _choose(
    home: Annotated[
        Path | None, typer.Option(help="索引と設定の置き場所（環境変数 MADOGUCHI_HOME でも可）。")
    ] = None,
) -> None:
    if home:
        os.environ["MADOGUCHI_HOME"] = str(home)  # one source for every command, those of other modules too


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(metavar="質問", help="知りたいこと。")] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON を1行で出す。")] = False,
    batch: Annotated[
        str | None, typer.Option(metavar="ファイル|-", help="1行に1問を読み、1行に1つの JSON で答える。")
    ] = None,
) -> None:
    """質問に答える。"""
    from ui.asking import ask_batch, ask_one

    if (question is None) == (batch is None):
        _misuse('質問か --batch のどちらか一方を指定してください。例: madoguchi ask "旅券の窓口はどこですか"')
    if batch is not None:
        ask_batch(default_home(), batch)
    else:
        ask_one(default_home(), question or "", as_json=json)


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="質問", help="探すことば。")],
    json: Annotated[bool, typer.Option("--json", help="JSON を1行で出す。")] = False,
    k: Annotated[int, typer.Option("-k", min=1, max=1_000, help="件数。")] = 10,
) -> None:
    """近い箇所を順に出す（検索の各方式での順位つき）。"""
    from ui.asking import search_one

    search_one(default_home(), query, k=k, as_json=json)


@app.command()
def build(
    corpus: Annotated[
        Path | None,
        typer.Option(metavar="フォルダ", help="文書のフォルダ。なければ収録文書と add した文書。"),
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(metavar="名前|フォルダ", help="文のベクトルを作るモデル。built-in で内蔵のものに戻す。"),
    ] = None,
    query_prefix: Annotated[str, typer.Option(help="質問の前に付ける文字列（モデルの指定どおり）。")] = "",
    passage_prefix: Annotated[str, typer.Option(help="文書の前に付ける文字列（モデルの指定どおり）。")] = "",
    query_prompt: Annotated[
        str | None, typer.Option(help="質問の前に付ける、モデルに備わったプロンプトの名前。")
    ] = None,
    passage_prompt: Annotated[
        str | None, typer.Option(help="文書の前に付ける、モデルに備わったプロンプトの名前。")
    ] = None,
    truncate_dim: Annotated[
        int | None, typer.Option(min=1, help="ベクトルの長さをここで切る（そう訓練されたモデルだけ）。")
    ] = None,
    sparse_encoder: Annotated[
        str | None,
        typer.Option(metavar="名前|フォルダ", help="語に重みを付けるモデル（SparseEncoder）。none で外す。"),
    ] = None,
    reranker: Annotated[
        str | None,
        typer.Option(metavar="名前|フォルダ", help="上位を並べ直すモデル（CrossEncoder）。none で外す。"),
    ] = None,
    backend: Annotated[
        str, typer.Option(metavar="torch|onnx|openvino", help="モデルを動かす仕組み。")
    ] = "torch",
    dtype: Annotated[
        str, typer.Option(metavar="float32|float16|bfloat16", help="モデルの数の精度。")
    ] = "float32",
    batch_size: Annotated[int, typer.Option(min=1, max=4096, help="モデルが一度に読む文の数。")] = 32,
    store: Annotated[
        StoreKind | None,
        typer.Option(help="探すための索引の置き場所。local はファイル、milvus は Milvus。なければ前と同じ。"),
    ] = None,
    uri: Annotated[
        str | None,
        typer.Option(
            metavar="URI", help="Milvus の場所。http://ホスト名:19530、または Milvus Lite のファイル（.db）。"
        ),
    ] = None,
    token: Annotated[
        str | None, typer.Option(help=f"Milvus の合言葉。ふだんは環境変数 {TOKEN_VARIABLE} に入れておく。")
    ] = None,
) -> None:
    """索引を作る。できあがるまでは今の索引が答え続ける。"""
    from ui.model_choice import choose_models
    from ui.upkeep import build_index

    models = choose_models(
        encoder={
            "name": encoder,
            "query_prefix": query_prefix,
            "passage_prefix": passage_prefix,
            "query_prompt": query_prompt,
            "passage_prompt": passage_prompt,
            "truncate_dim": truncate_dim,
        },
        sparse=sparse_encoder,
        reranker=reranker,
        running={"backend": backend, "dtype": dtype, "batch_size": batch_size},
    )
    build_index(default_home(), corpus, models, _store(store, uri, token))


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="ファイル…", help="加える文書、フォルダー、ZIP。")],
    replacing: Annotated[
        bool, typer.Option("--replace", help="同じ名前の文書があれば、入れ替える。")
    ] = False,
    name: Annotated[
        str | None, typer.Option("--as", metavar="名前", help="別の名前の文書にする（ファイル一つのとき）。")
    ] = None,
) -> None:
    """文書を加える（加えた文書のぶんだけ索引に書く）。

    読めないファイルがあっても、読めるものは加え、加えなかったものを理由とともに知らせる。終了値は、一つも加えられなかった
    ときだけ 1。

    同じ名前で内容の違う文書があれば加えない（--replace で入れ替え、前のファイルは置き場所の removed フォルダーに残る）。
    同じ内容なら何もしない。
    """
    from corpus.kinds import ARCHIVES
    from index.homes.incoming import check_name
    from ui.upkeep import add as add_documents

    if name is not None:
        if len(paths) != 1 or paths[0].is_dir() or paths[0].suffix.lower() in ARCHIVES:
            _misuse("--as は、ファイル一つを加えるときだけ使えます。")
        try:
            check_name(name)
        except ValueError as error:
            _misuse(str(error))
    add_documents(default_home(), paths, replacing=replacing, name=name)


@app.command()
def remove(
    document: Annotated[str, typer.Argument(metavar="ID", help="documents に出る ID。")],
    erase: Annotated[bool, typer.Option("--erase", help="本文を、索引と写しのすべてから消す。")] = False,
) -> None:
    """文書を外す（外した文書は答えにも数字にも出なくなる）。

    加えたときのファイルの写しは置き場所の removed フォルダーに残り、本文は一つ前の索引にも残る（rollback のため）。

    --erase は、本文を今と一つ前の索引、removed フォルダーからすっかり消し、置き場所のファイルをすべて調べて、残っていないことを
    確かめる。元に戻せない。元のファイルや、backup で取った控えは消せない。
    """
    from ui.upkeep import remove as remove_document

    remove_document(default_home(), document, erase=erase)


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(metavar="フォルダー", help="見張るフォルダー。")],
    interval: Annotated[float, typer.Option(min=0.1, max=86_400, help="何秒ごとに見るか。")] = 5,
    once: Annotated[bool, typer.Option("--once", help="一度だけ見て終わる（cron などから）。")] = False,
) -> None:
    """フォルダーを見張り、新しい・変わった・なくなったファイルを索引に反映する。止めるには Ctrl+C。

    ファイルは、大きさと時刻が二度続けて同じになってから加える（写している途中のものは待つ）。読めないファイルは一度だけ知らせる。
    外すのは、このフォルダーから加えた文書だけ。remove で外した文書は、add し直すまで加えない。
    """
    from ui.watching import watch_folder

    watch_folder(default_home(), folder, interval=interval, once=once)


@app.command()
def documents(json: Annotated[bool, typer.Option("--json", help="JSON を1行で出す。")] = False) -> None:
    """収めた文書の一覧を出す。"""
    from ui.upkeep import list_documents

    list_documents(default_home(), as_json=json)


@app.command()
def tables(
    table: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="見る表の ID。省くと表の一覧を出す。")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="条件", help="「定員>=50」「地区=北部」「備考 contains 駐車場」など。いくつでも。"
        ),
    ] = None,
    q: Annotated[str, typer.Option("-q", metavar="ことば", help="どれかの列にあることば。")] = "",
    sort: Annotated[str, typer.Option(metavar="列", help="並べる列。")] = "",
    desc: Annotated[bool, typer.Option("--desc", help="大きいものから並べる。")] = False,
    offset: Annotated[int, typer.Option(help="はじめの何行を飛ばすか。")] = 0,
    limit: Annotated[int, typer.Option(help="一度に出す行の数（500 まで）。")] = 50,
    csv: Annotated[
        bool, typer.Option("--csv", help="条件に合う行すべてを CSV で出す（> でファイルへ）。")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="JSON を1行で出す。")] = False,
) -> None:
    """文書にある表の一覧か、一つの表の行を出す。"""
    from ui.table_cli import list_rows, list_tables

    if table is None:
        list_tables(default_home(), as_json=json)
    else:
        asked = {"where": where or (), "q": q, "sort": sort, "desc": desc, "offset": offset, "limit": limit}
        try:
            list_rows(default_home(), table, as_json=json, as_csv=csv, **asked)
        except ValueError as error:
            _misuse(str(error))


@app.command()
def doctor(
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="何も出さず、終了値だけ返す。")] = False,
) -> None:
    """索引と部品を調べる。悪いところがあれば 1 で終わる。"""
    from ui.doctor import examine

    raise typer.Exit(DONE if examine(default_home(), quiet=quiet) else FAILED)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="ファイル", help="控えのファイル（.tar.gz）。")],
    replacing: Annotated[
        bool, typer.Option("--replace", help="同じ名前の控えがあれば、置き換える。")
    ] = False,
) -> None:
    """置き場所を一つのファイルに控える（設定・加えた文書・外した文書の写し・今の索引）。読み返して確かめる。"""
    from ui.safekeeping import back_up

    back_up(default_home(), file, replacing=replacing)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="ファイル", help="backup で作ったファイル。")],
) -> None:
    """控えから置き場所を戻す。前の中身は、置き場所の before-restore フォルダーに残る。

    控えが壊れていたり、窓口が動いていたりすれば、何も変えずに断る。
    """
    from ui.safekeeping import put_back

    put_back(default_home(), file)


@app.command()
def rollback() -> None:
    """一つ前の索引に戻す。もう一度行うと元に戻る。"""
    from ui.upkeep import roll_back

    roll_back(default_home())


@app.command()
def certainty(
    chosen: Annotated[
        Certainty | None, typer.Argument(metavar="[balanced|95|99]", help="省くと今の設定を出す。")
    ] = None,
) -> None:
    """どのくらい確かな答えだけを示すかを選ぶ。"""
    from ui.upkeep import set_certainty

    set_certainty(default_home(), chosen)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="待ち受けるアドレス。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="待ち受けるポート。")] = 7860,
) -> None:
    """ページと API を開く。"""
    from ui.serving import run_server

    run_server(default_home(), host=host, port=port)


def main() -> None:
    """Run the command line; exit with 0 done, 1 the work failed, 2 the call was wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    _mount_neighbours(sys.argv[1:])
    sys.exit(_run(app))


def _run(command: Callable[..., object]) -> int:
    from ui.printing import complain

    try:
        code = command(standalone_mode=False, prog_name="madoguchi")
    except TyperException as error:
        complain(f"使い方が違います：{error.format_message()}\n使い方は「madoguchi --help」で見られます。")
        return MISUSED if error.exit_code == MISUSED else FAILED
    except (typer.Abort, KeyboardInterrupt):
        complain("中断しました。")
        return 130
    except BrokenPipeError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        if os.environ.get("MADOGUCHI_DEBUG"):
            raise
        complain(_sentence(error))
        return FAILED
    return code if isinstance(code, int) else DONE


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        where = f"「{error.filename}」" if error.filename else "ファイル"
        return f"{where}を扱えません：{reason(error)}。場所と権限を確かめてください。"
    return str(error) or f"失敗しました（{type(error).__name__}）。MADOGUCHI_DEBUG=1 で詳しく表示します。"


def _store(kind: StoreKind | None, uri: str | None, token: str | None) -> StoreSettings | None:
    if token is not None:
        os.environ[TOKEN_VARIABLE] = token  # read where Milvus is opened, written nowhere
    if kind is None and uri is None:
        return None
    try:
        return chosen_store(kind or StoreKind.MILVUS, uri)
    except StoreChoiceError as error:
        _misuse(str(error))


def _misuse(message: str) -> NoReturn:
    from ui.printing import complain

    complain(message)
    raise typer.Exit(MISUSED)


def _mount_neighbours(arguments: Iterable[str]) -> None:
    """Add the command groups that live in their own modules, only when one is called or help is shown."""
    words = [word for word in arguments if not word.startswith("-")]
    for name, module in (("eval", "ui.eval_cli"), ("ledger", "ui.ledger_cli")):
        wanted = not words or name in words
        if wanted and find_spec(module):
            app.add_typer(import_module(module).app, name=name)
