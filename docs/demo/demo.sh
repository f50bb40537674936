#!/bin/sh
# The main job on the bundled article against the bundled excerpt: first with the package alone, then with a reading beside it.
set -eu
talaan=${1:-talaan}
here=$(dirname "$0")
out=demo
mkdir -p "$out"
export TALAAN_HOME="$out/home"

echo "== 1. The package alone: leads, and claims of proven patterns"
"$talaan" check "$here/article.tl.txt" --date 2024-06

echo
echo "== 2. With a reading in the answer format (written by hand, it lies beside the article)"
"$talaan" check "$here/article.tl.txt" --date 2024-06 --answers "$here/answers.jsonl"

"$talaan" check "$here/article.tl.txt" --date 2024-06 --answers "$here/answers.jsonl" -o "$out/report.html"
echo
echo "The same as one file to pass on: $out/report.html"
