#!/bin/sh
# The browser tests drive Debian's Chromium and look at Japanese text, so they need both packages.
# Missing and installable (root, apt-get): install. Missing and not: say so; pytest then skips those tests,
# unless CI=true, where a missing browser is a failure.
set -u

present() {
    [ -x /usr/bin/chromium ] && { ! command -v fc-list >/dev/null 2>&1 || fc-list :lang=ja | grep -q .; }
}

present && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1
fi
present && exit 0
if [ "${CI:-}" = true ]; then
    echo 'Chromium か和文フォントがなく、入れることもできませんでした（chromium, fonts-noto-cjk）。' >&2
    exit 1
fi
echo 'Chromium か和文フォントがないため、ブラウザのテストは飛ばします（chromium, fonts-noto-cjk）。' >&2
