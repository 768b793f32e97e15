#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The fence around a faulty program: nothing that it started outlives it, even if it hides from its parent.
. "$(dirname "$0")/../tap.sh"

# fence NAME CODE SECONDS SCRIPT   in a fence, and the fence's own end: what the shell reads ends with the last who writes
fence() {
	is "$1" "$(tests/mutations/product/fenced.sh "$3" sh -c "$4"; echo "$?")" "$2"
}

fence "a command ends with its own exit code" 3 100 'exit 3'
fence "and takes with it what hides in a session of its own" 3 100 'setsid sleep 200 & exit 3'
fence "and what is deaf" 0 100 '(trap "" INT TERM HUP; sleep 200) & :'
fence "so it is at the limit" 137 1 'setsid sleep 200 & sleep 200'
is "what spins in a real-time class has 3 s" \
	"$(tests/mutations/product/fenced.sh 100 prlimit --rttime --noheadings --output HARD | tr -d ' ')" 3000000

# As the runner of faults does when it is ended itself.
mkfifo "$TMP/begun"
is "it goes when its group is killed" "$(
	setsid tests/mutations/product/fenced.sh 100 sh -c "setsid sleep 200 & echo >$TMP/begun; sleep 200" &
	read -r _ <"$TMP/begun"
	kill -KILL "-$!"
)" ""
done_testing
