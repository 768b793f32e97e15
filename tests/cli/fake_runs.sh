# SPDX-License-Identifier: GPL-2.0-or-later
# Made-up runs with the values that a test wants, and the store that holds them. Sourced after home.sh.

# fake ID RATIOS [NAME=VALUE...]   a stored run of fair and the policies of RATIOS ("fifo=1.10 vtime=0.95": times
# fair), on the workloads WORKS ("build=10": fair takes 10 s), over BLOCKS blocks with 1 % of noise. The same ID
# gives the same values. BAD ("fifo:2=ejected"): the status of a policy's sample in a block, or of all ("fifo:*=void").
# GONE ("3 7"): samples whose files are lost. KIND: what fair is. CPU: its model. COMMAND: what repeats it, as in JSON.
fake() {
	id=$1 ratios=$2; shift 2
	mkdir -p "$TMP/results/runs/$id"
	env BLOCKS=15 PLAN=nightly HOST=host-one EMULATED=false WORKS='build=10 pipe=2' BAD= UNIT=s BETTER=lower KERNEL=7.3.4 \
		IDENTITY='files=10' STARTED=1 FAIR=yes HASH=1a METRICS=2 TAKEN=100000 GONE= KIND=EEVDF \
		ENDED=null COMMAND= CPU= "$@" ID="$id" RATIOS="$ratios" \
		DIR="$TMP/results/runs/$id" awk -f tests/cli/fake_run.awk
	"$SCXBENCH" store --results "$TMP/results" "$TMP/results/runs/$id"
}

compare() { run "$SCXBENCH" compare --results "$TMP/results" "$@"; }
regress() { run "$SCXBENCH" regress --results "$TMP/results" "$@"; }
# has TEXT   it is in what the last run printed
has() { grep -qF -- "$1" "$TMP/out"; }
