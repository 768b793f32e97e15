# SPDX-License-Identifier: GPL-2.0-or-later
# What is missing on this machine, and its packages in the words of this distribution. Sourced after lib.sh; the table is
# "needs" beside this file. Nothing asks a package manager what is installed: a tool from elsewhere is as good.

NEEDS=$LAB_DIR/needs
ETC=${SCXBENCH_ROOT:-}/etc
BTF=${SCXBENCH_ROOT:-}/sys/kernel/btf/vmlinux

# distribution   the column of the table: debian, ubuntu, fedora, arch, suse, alpine, nix, or nothing
distribution() (
	ID='' ID_LIKE=''
	# shellcheck source=/dev/null
	[ ! -r "$ETC/os-release" ] || . "$ETC/os-release"
	for id in $ID $ID_LIKE; do
		case $id in
		debian | ubuntu | fedora | arch | alpine) echo "$id" ;;
		rhel | centos | rocky | almalinux) echo fedora ;;
		suse | opensuse*) echo suse ;;
		nixos) echo nix ;;
		*) continue ;;
		esac
		break
	done
)

# field NAME COLUMN   of the thing of that name; NAME "" with COLUMN install: how packages are installed
field() {
	awk -F ' *[|] *' -v name="$1" -v want="$2" '
		BEGIN { n = split("groups thing how debian ubuntu fedora arch suse alpine nix", head, " ")
			for (i = 1; i <= n; i++) column[head[i]] = i }
		/^#/ { next }
		$2 == name && (name != "" || $1 == "install") { print $column[want]; exit }' "$NEEDS"
}

# bpf_clang   the clang that compiles for BPF, if there is one; CLANG= in the environment is tried alone
bpf_clang() {
	for clang in ${CLANG:-clang $(ls "${SCXBENCH_ROOT:-}"/usr/bin/clang-[0-9][0-9] 2>/dev/null | sort -r)}; do
		command -v "$clang" >/dev/null && echo 'int x;' | "$clang" -target bpf -x c -c -o /dev/null - 2>/dev/null &&
			echo "$clang" && return
	done
	return 1
}

# What TOOL prints of itself; not 0 where it does not run, as the wrapper of a perf that was made for another kernel
introduces() {
	export LC_ALL=C
	case ${1##*/} in
	cyclictest | hackbench) "$1" --help ;;
	bpftool) "$1" version ;;
	dot) "$1" -V ;;
	*) "$1" --version ;;
	esac </dev/null 2>&1
}
# version_of TOOL   its first number with a dot, "6.0" of "gnuplot 6.0 patchlevel 2"; "" where it does not run
version_of() (
	text=$(introduces "$1") || exit 0
	printf '%s\n' "$text" | sed -n 's/^[^0-9]*\([0-9][0-9]*\.[0-9.]*[0-9]\).*/\1/p' | head -1
)
bpftool_version() { version_of bpftool; }

# not_older VERSION WANTED
not_older() { [ -n "$1" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | head -1)" = "$2" ]; }

# command_of NAME[/NAME...]   the first of them in PATH
command_of() {
	for name in $(echo "$1" | tr / ' '); do command -v "$name" >/dev/null && echo "$name" && return; done
	return 1
}

# is_there HOW...   as the table says
is_there() (
	case $1 in
	command)
		name=$(command_of "$2") || exit 1
		[ $# -lt 3 ] || has=$(version_of "$name")
		[ -z "${has:-}" ] || not_older "$has" "$3"
		;;
	library)
		if [ $# -gt 2 ]; then pkg-config --atleast-version="$3" "$2" 2>/dev/null; else pkg-config --exists "$2" 2>/dev/null; fi
		;;
	shared)
		pkg-config --exists "$2" 2>/dev/null ||
			{ ldconfig -p -C "${SCXBENCH_ROOT:-}/etc/ld.so.cache"; ls "${SCXBENCH_ROOT:-}"/usr/lib*; } 2>/dev/null | grep -qF "$3.so"
		;;
	header) echo "#include <$2>" | "${CC:-cc}" -E -o /dev/null - 2>/dev/null ;;
	bpf) bpf_clang >/dev/null ;;
	vmlinux)
		[ -r "${SCXBENCH_ROOT:-}/usr/include/$(uname -m)-linux-gnu/linux/bpf/vmlinux.h" ] ||
			{ [ -r "$BTF" ] && not_older "$(bpftool_version)" "$2"; }
		;;
	lab-root) [ -n "${LAB_IMAGE:-}" ] || { command -v mmdebstrap && command -v apt-get; } >/dev/null ;;
	user-namespaces)
		[ "$(id -u)" = 0 ] || { command -v newuidmap >/dev/null && unshare --map-root-user --mount true 2>/dev/null; }
		;;
	*) die 2 "$NEEDS: how is '$1' looked for?" ;;
	esac
)

# needs GROUP...   what is needed: its name, "|", and how it is looked for, a line each. "run" without "build" has "alone" too
needs() {
	awk -F ' *[|] *' -v wanted="$*" '
		BEGIN { n = split(wanted, w, " "); for (i = 1; i <= n; i++) want[w[i]] = 1
			if ("run" in want && !("build" in want)) want["alone"] = 1 }
		/^#/ || $1 == "install" { next }
		{ n = split($1, g, " "); for (i = 1; i <= n; i++) if (g[i] in want) { print $2 "|" $3; next } }' "$NEEDS"
}

# missing GROUP...   the things that are not there, a name a line
missing() {
	needs "$@" | while IFS='|' read -r name how; do
		# shellcheck disable=SC2086  # how is a list of words
		is_there $how </dev/null || echo "$name"
	done
}

# version HOW...   of what is there: a number, or nothing
version() (
	case $1 in
	command) name=$(command_of "$2") && version_of "$name" ;;
	library) pkg-config --modversion "$2" 2>/dev/null ;;
	bpf) version_of "$(bpf_clang)" ;;
	vmlinux) bpftool_version ;;
	esac
)

# found NAME   "1.1.2 is here, 1.5 is needed" of what is installed and too old
found() (
	# shellcheck disable=SC2046  # a list of words
	set -- $(field "$1" how)
	has=$(version "$@") what=''
	case $1$# in
	library3 | command3) least=$3 ;;
	vmlinux2) what='bpftool ' least=$2 ;;
	*) exit 1 ;;
	esac
	[ -n "$has" ] && ! not_older "$has" "$least" && echo "$what$has is here, $least is needed"
)

# too_old NAME   "1.1.2 is here, 1.5 is needed": what is installed, or else what apt would install
too_old() (
	found "$1" && exit
	# shellcheck disable=SC2046  # a list of words
	set -- $(field "$1" how) "$(packages "$1")"
	[ "$1$#" = library4 ] || exit
	offer=$(LC_ALL=C apt-cache policy "$4" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9]*:\)\{0,1\}\([0-9.]*[0-9]\).*/\2/p')
	[ -n "$offer" ] && ! not_older "$offer" "$3" && echo "$offer is what this distribution has, $3 is needed"
)

# packages NAME...   what this distribution calls them, each once; nothing where it is not known
packages() {
	column=$(distribution)
	[ -z "$column" ] || for name in "$@"; do field "$name" "$column"; done | tr ' ' '\n' | awk 'NF && $0 != "-" && !had[$0]++' | paste -sd ' '
}

# cure PACKAGES   the command that installs them
cure() {
	[ -z "$1" ] || echo "$(field '' "$(distribution)") $1"
}
