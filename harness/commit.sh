#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# commit.sh   prints the commit of this tree, with "-dirty" when it was changed since.
#
# The lab's root has no git: chroot.sh passes on what this says outside, as SCXBENCH_COMMIT. 'git archive'
# writes the commit into this file.
ARCHIVED='$Format:%h$'

cd "$(dirname "$0")/.." || exit 1
if [ -n "${SCXBENCH_COMMIT:-}" ]; then
	echo "$SCXBENCH_COMMIT"
elif [ -e .git ] && GIT_OPTIONAL_LOCKS=0 git describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null; then
	:
else
	case $ARCHIVED in *Format*) echo "unknown commit" ;; *) echo "$ARCHIVED" ;; esac
fi
