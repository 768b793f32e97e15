#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Prints "native" or "lab": where policies can run on this machine. On stderr it says why.
# WHERE=native or WHERE=lab in the environment decides it.
. "$(dirname "$0")/lib.sh"
. "$LAB_DIR/needs.sh"

choose() { echo "scxbench runs here as '$1': $2" >&2; echo "$1"; exit 0; }

case ${WHERE:-} in
native | lab) choose "$WHERE" "you asked for it" ;;
?*) die 2 "WHERE=$WHERE: give native or lab" ;;
esac
[ "$(uname -m)" = x86_64 ] || choose native "the lab emulates x86-64 only"
[ -d "${SCXBENCH_ROOT:-}/sys/kernel/sched_ext" ] || choose lab "this kernel ($(uname -r)) has no sched_ext"
[ -r "$BTF" ] || choose lab "this kernel ($(uname -r)) has no BTF"
[ "$(id -u)" = 0 ] || choose lab "replacing this machine's scheduler needs root"
OLD=$(too_old libbpf) && choose lab "libbpf $OLD"
choose native "this kernel ($(uname -r)) has sched_ext"
