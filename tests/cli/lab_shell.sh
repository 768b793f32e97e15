#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab's shell finds the program by its name, though the profile sets PATH anew. A double of the guest.
. "$(dirname "$0")/../tap.sh"

LAB=$TMP/tree/harness/lab
mkdir -p "$LAB"
cp harness/lab/shell.sh harness/lab/lib.sh "$LAB"
printf '#!/bin/sh\nexec "$@"\n' >"$LAB/run.sh"
chmod +x "$LAB/run.sh"
printf 'echo "has ${PATH##*:}"\nexit\n' >"$TMP/typed"
script -qec "$LAB/shell.sh" /dev/null <"$TMP/typed" >"$TMP/out" 2>&1
check "the program is in PATH" grep -q 'has /src/.build/lab' "$TMP/out"
run "$LAB/shell.sh" <"$TMP/typed"
ended "without a terminal it is refused" 2 "lab-shell needs a terminal"
done_testing
