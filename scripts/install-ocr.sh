#!/bin/sh
# Scanned pages of PDFs are read by Debian's tesseract-ocr with its Japanese data. No test needs it: those that would use it
# are skipped without it. Missing and installable (root, apt-get): install. Missing and not: say what to install.
set -u

present() {
    [ -x /usr/bin/tesseract ] && languages=$(/usr/bin/tesseract --list-langs 2>/dev/null) &&
        echo "$languages" | grep -qx jpn && echo "$languages" | grep -qx jpn_vert
}

if ! present && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends \
        tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert; } >/dev/null 2>&1
fi
if present; then
    echo '文字認識（tesseract）を使えます。スキャンした PDF をもう一度加えてください（収録済みなら madoguchi build）。'
    exit 0
fi
echo '文字認識を入れられませんでした。管理者が apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert で入れてください。' >&2
exit 1
