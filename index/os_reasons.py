"""Why the operating system refused, in Japanese."""

import errno

_REASONS = {
    errno.ENOSPC: "ディスクに空きがありません",
    errno.EDQUOT: "割り当てられた容量を使い切りました",
    errno.EFBIG: "ファイルの大きさの上限を超えます",
    errno.EROFS: "読み取り専用です",
    errno.EACCES: "許可がありません",
    errno.EPERM: "許可がありません",
    errno.ENOENT: "ありません",
    errno.EEXIST: "もうあります",
    errno.ENOTDIR: "フォルダーではありません",
    errno.EISDIR: "ファイルではなくフォルダーです",
    errno.ENAMETOOLONG: "名前が長すぎます",
    errno.EBUSY: "ほかのプログラムが使っています",
    errno.EIO: "ディスクかドライブの読み書きに失敗しました",
    errno.EMFILE: "開いているファイルが多すぎます",
    errno.ESTALE: "ネットワークドライブとの接続が切れました",
    errno.EHOSTDOWN: "ネットワークドライブにつながりません",
}


def reason(error: OSError) -> str:
    """Return why, the system's own words where it is none of the known reasons.

    >>> reason(OSError(errno.EROFS, "Read-only file system"))
    '読み取り専用です'
    """
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
