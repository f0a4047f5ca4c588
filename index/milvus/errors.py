"""What can be wrong with Milvus, each said in Japanese with its cure."""

from index.manifest import BundleError

_ALONE = "Milvus なしで続けるなら「madoguchi build --store local」です。"
_LOOK = f"サーバーが動いているか、ホスト名とポートを確かめて、もう一度実行してください。{_ALONE}"
_BUILD = "「madoguchi build」で索引を作り直してください。"


class StoreError(BundleError):
    """Milvus cannot do what a bundle needs of it: the last good bundle serves where there is one."""

    def __init__(self, message: str) -> None:
        # Not BundleError's own: its cure is always to build anew, which mends no server.
        Exception.__init__(self, message)
        self.file = None


def not_installed(package: str) -> StoreError:
    """Say that a package is missing."""
    return StoreError(
        f"Milvus を使うための部品「{package}」がありません。「pip install 'madoguchi[milvus]'」で入れてください。"
    )


def down(uri: str) -> StoreError:
    """Say that nobody answers at the address."""
    return StoreError(f"Milvus（{uri}）につながりません。{_LOOK}")


def slow(uri: str, doing: str, seconds: float) -> StoreError:
    """Say that the server did not answer in time."""
    return StoreError(
        f"Milvus（{uri}）が {seconds:g} 秒待っても応えません（{doing}）。"
        f"サーバーの負荷と回線を確かめて、もう一度実行してください。{_ALONE}"
    )


def locked(uri: str) -> StoreError:
    """Say that another process has the file of Milvus Lite open."""
    return StoreError(
        f"Milvus Lite のファイル「{uri}」は別のプロセスが開いています（Milvus Lite は一度に一つのプロセスだけです）。"
        "そのプロセス（serve など）を止めるか、Milvus のサーバーを立てて --uri http://… で作り直してください。"
    )


def unusable_file(uri: str) -> StoreError:
    """Say that the path cannot be a Milvus Lite file."""
    return StoreError(
        f"Milvus Lite のファイル「{uri}」を開けません。フォルダの場所と権限を確かめるか、別の --uri で作り直してください。"
    )


def full(uri: str) -> StoreError:
    """Say that the server takes no more rows."""
    return StoreError(
        f"Milvus（{uri}）に空きがありません（容量または割り当ての上限）。"
        "ディスク・メモリ・割り当てを増やすか、要らないコレクションを消してから、もう一度実行してください。"
    )


def refused(uri: str, variable: str) -> StoreError:
    """Say that the server does not know the caller."""
    return StoreError(
        f"Milvus（{uri}）に利用を断られました。環境変数 {variable} の合言葉と権限を確かめてください。"
    )


def gone(uri: str, collection: str) -> StoreError:
    """Say that a collection of the bundle is not there."""
    return StoreError(f"索引のコレクション「{collection}」が Milvus（{uri}）にありません。{_BUILD}")


def foreign(uri: str, collection: str, *, why: str) -> StoreError:
    """Say that a collection holds other things than the bundle wrote."""
    return StoreError(
        f"Milvus（{uri}）のコレクション「{collection}」の中身が索引と違います（{why}）。"
        f"ほかの人が書き換えたおそれがあります。{_BUILD}"
    )


def failed(uri: str, doing: str, message: str) -> StoreError:
    """Say that the server reported something else."""
    return StoreError(
        f"Milvus（{uri}）で失敗しました（{doing}）：{message}。サーバーの記録を確かめてください。"
    )
