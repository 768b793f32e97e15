#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fenced.sh SECONDS CMD...   runs a command that may do anything a faulty program does. It ends with the command's exit
# code, after SECONDS with 137. Whatever the command started ends then too, in a session of its own or not, and so it
# does when this process is killed: all of it is in a PID namespace. What spins in a real-time class is killed after 3 s.
seconds=$1 user=
shift
[ "$(id -u)" = 0 ] || user=--map-root-user
exec timeout -s KILL "$seconds" unshare $user --pid --fork --kill-child --mount-proc \
	prlimit --rttime=2000000:3000000 "$@"
