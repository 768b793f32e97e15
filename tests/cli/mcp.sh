#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench mcp: a conversation of each revision of the protocol, the numbers of the commands, hostile input, no write.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

fake one 'fifo=1.10 vtime=0.95' STARTED=1
fake two 'fifo=1.30 vtime=0.95' STARTED=2
workload storm 'echo "metric time s lower 1" >&$SCXB_RESULT_FD'
"$SCXBENCH" custody --results "$TMP/results" --seed 1 --run-id ledgers -s fifo >/dev/null 2>&1
R=$TMP/results

# mcp   the conversation in $TMP/in
mcp() { run "$SCXBENCH" mcp --results "$R" <"$TMP/in"; }
# value N PATH   of the n-th response: "result.contents.0.text"; objects and arrays as JSON in order of their keys
value() {
	perl -MJSON::PP -e 'my ($n, $path) = @ARGV; my @l = <STDIN>; my $v = decode_json($l[$n - 1] // "null");
		$v = ref $v eq "ARRAY" ? $v->[$_] : ref $v ? $v->{$_} : undef for split /\./, $path;
		binmode STDOUT, ":utf8";
		print ref $v && !JSON::PP::is_bool($v) ? JSON::PP->new->canonical->encode($v) : $v // "absent"' "$1" "$2" <"$TMP/out"
}
META='"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}'
# ask ID METHOD [PARAMS]   a request of the newest revision
ask() { printf '{"jsonrpc":"2.0","id":%s,"method":"%s","params":{%s%s}}\n' "$1" "$2" "${3:+$3,}" "$META"; }
# legacy ID METHOD [PARAMS]
legacy() { printf '{"jsonrpc":"2.0","id":%s,"method":"%s","params":{%s}}\n' "$1" "$2" "${3:-}"; }
begin() { legacy 0 initialize '"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}'; }
# same NAME N COMMAND...   the n-th response has the text that the command prints
same() {
	name=$1 n=$2; shift 2
	"$SCXBENCH" "$@" --results "$R" >"$TMP/wanted" 2>/dev/null || true
	value "$n" result.contents.0.text >"$TMP/got"
	# What is printed by a command ends with a line's end.
	[ "$(tail -c1 "$TMP/got")" = "" ] || echo >>"$TMP/got"
	[ "$(tail -c1 "$TMP/wanted")" = "" ] || echo >>"$TMP/wanted"
	check "$name" cmp "$TMP/got" "$TMP/wanted"
}
lines() { grep -c . "$TMP/out"; }

{
	ask 1 server/discover
	ask '"two"' resources/list
	ask 3 resources/templates/list
	ask 4 tools/list
} >"$TMP/in"
mcp
is "four requests, four lines, exit 0" "$RC $(lines) $(cat "$TMP/err")" "0 4 "
is "the newest revision is known without a handshake" "$(value 1 result.supportedVersions)" '["2026-07-28","2025-11-25","2025-06-18"]'
is "and each result is whole, and says who gives it" "$(value 1 result.resultType) $(grep -c 'io.modelcontextprotocol/serverInfo' "$TMP/out")" "complete 4"
is "no capability to change anything" "$(value 1 result.capabilities)" '{"resources":{},"tools":{}}'
is "an id is given back as it was" "$(value 2 id)" two
is "resources: what is fixed, then the newest runs" "$(value 2 result.resources.0.uri) $(value 2 result.resources.3.uri)" "scxbench://runs scxbench://runs/ledgers/custody"
is "a list says how long it is good" "$(value 2 result.ttlMs) $(value 2 result.cacheScope)" "1000 private"
is "addresses with values" "$(value 3 result.resourceTemplates.0.uriTemplate)" "scxbench://runs/{run}/results"
is "every tool only reads" "$(perl -MJSON::PP -e 'my @l = <STDIN>; print join " ", map { $_->{annotations}{readOnlyHint} ? () : $_->{name} } @{decode_json($l[3])->{result}{tools}}' <"$TMP/out")" ""

{
	begin
	printf '{"jsonrpc":"2.0","method":"notifications/initialized"}\n'
	legacy 1 ping
	legacy 2 resources/read '"uri":"scxbench://runs"'
	legacy 3 resources/read '"uri":"scxbench://nothing"'
} >"$TMP/in"
mcp
is "an earlier revision begins with a handshake; a notification has no answer" "$(lines) $(value 1 result.protocolVersion)" "4 2025-06-18"
is "ping" "$(value 2 result)" "{}"
is "and has its own code of what is not there, and no members of the newest" "$(value 4 error.code) $(grep -c resultType "$TMP/out")" "-32002 0"
same "runs are those of 'store --list --json'" 3 store --list --json
legacy 1 initialize '"protocolVersion":"1999-01-01"' >"$TMP/in"
mcp
is "an unknown earlier revision gets the newest with a handshake" "$(value 1 result.protocolVersion)" 2025-11-25

{
	ask 1 resources/read '"uri":"scxbench://runs/latest/results"'
	ask 2 resources/read '"uri":"scxbench://compare/one%3Afifo/one%3Avtime"'
	ask 3 resources/read '"uri":"scxbench://history"'
	ask 4 resources/read '"uri":"scxbench://runs/ledgers/custody"'
	ask 5 resources/read '"uri":"scxbench://runs/one/answer"'
	ask 6 tools/call '"name":"compare","arguments":{"a":"one:fifo","b":"one:vtime"}'
	ask 7 tools/call '"name":"history","arguments":{"policy":"vtime"}'
	ask 8 resources/read '"uri":"scxbench://custody"'
	ask 9 resources/read '"uri":"scxbench://runs/one/custody"'
} >"$TMP/in"
mcp
is "all are answered" "$RC $(lines) $(grep -c '"error"' "$TMP/out")" "0 9 1"
same "a run is 'report --json'" 1 report --json latest
same "two policies are 'compare --json'" 2 compare --json one:fifo one:vtime
same "over time is 'history --json'" 3 history --json
same "a ledger is 'custody --show --json'" 4 custody --show --json ledgers
same "all of them, too" 8 custody --show --json
check "a run that has none says so" sh -c 'case $1 in *"not a custody run"*) ;; *) exit 1 ;; esac' - "$(value 9 error.message)"
is "the answer is that of the run" "$(value 5 result.contents.0.text)" \
	"$("$SCXBENCH" report --json --results "$R" one | perl -MJSON::PP -0ne 'binmode STDOUT, ":utf8"; print decode_json($_)->{answer}')"
is "a tool has the same text as its resource" "$(value 6 result.content.0.text)" "$(value 2 result.contents.0.text)"
check "a tool takes options" sh -c '[ "$1" != "$2" ]' - "$(value 7 result.content.0.text)" "$(value 3 result.contents.0.text)"

{
	printf 'not JSON\n'
	printf '{"jsonrpc":"2.0","id":1\n'
	printf '[]\n"text"\n7\nnull\n{}\n'
	printf '{"jsonrpc":"2.0","id":null,"method":"ping"}\n'
	printf '{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}\n'
	printf '{"jsonrpc":"1.0","id":1,"method":"ping"}\n'
	printf '{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}\n'
	printf '{"jsonrpc":"2.0","id":1,"result":{}}\n\n'
	printf '\377\376\n'
	ask 2 tools/run
	ask 3 ping
	legacy 4 resources/list
	ask 5 resources/read
	ask 6 tools/call '"name":"bench","arguments":{}'
	ask 7 tools/call '"name":"results","arguments":[]'
	legacy 8 server/discover '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}'
	legacy 9 server/discover '"_meta":{"io.modelcontextprotocol/protocolVersion":"1900-01-01"}'
	legacy 10 server/discover '"_meta":{"io.modelcontextprotocol/protocolVersion":7}'
	ask 11 server/discover
} >"$TMP/in"
mcp
is "each bad message has the code of its kind, and the next ones are answered" \
	"$(perl -MJSON::PP -ne 'my $r = decode_json($_); print $r->{error}{code} // "ok", " "' <"$TMP/out")" \
	"-32700 -32700 -32600 -32600 -32600 -32600 -32600 -32600 -32600 -32600 -32602 -32700 -32601 -32601 -32602 -32602 -32602 -32602 -32602 -32022 -32602 ok "
is "it ends well all the same" "$RC" 0
is "a version that is not spoken names those that are" "$(value 20 error.data.supported.0) $(value 20 error.data.requested)" "2026-07-28 1900-01-01"

{ head -c 3000000 /dev/zero | tr '\0' x; echo; ask 1 server/discover; } >"$TMP/in"
mcp
is "a message that is too long is skipped" "$(lines) $(value 1 error.code) $(value 2 result.resultType)" "2 -32700 complete"
{ head -c 100000 /dev/zero | tr '\0' '['; echo; ask 1 server/discover; } >"$TMP/in"
mcp
is "one that is too deep, too" "$(lines) $(value 1 error.code) $(value 2 result.resultType)" "2 -32700 complete"
printf '%s' "$(ask 1 server/discover)" >"$TMP/in"
mcp
is "the last line needs no end" "$(lines) $(value 1 result.resultType)" "1 complete"

# Names are words of a command: none of them is an option, a path or another word.
i=0
for name in --help -h --results=/tmp ../../etc '..' '.' '%2e%2e%2f%2e%2e%2fetc' '%00' 'a%0ab' '%zz' '%' 'a b;id' '$(id)' 'nothing' ''; do
	i=$((i + 1))
	ask $i resources/read "\"uri\":\"scxbench://runs/$name/results\""
	ask $i resources/read "\"uri\":\"scxbench://runs/$name/figures\""
	ask $i resources/read "\"uri\":\"scxbench://runs/one/figures/$name\""
done >"$TMP/in"
mcp
is "no odd name reads anything" "$(lines) $(grep -c '"code":-32602' "$TMP/out")" "45 45"
{
	ask 1 tools/call '"name":"results","arguments":{"run":"--help"}'
	ask 2 tools/call '"name":"results","arguments":{"run":"one","output":"x"}'
	ask 3 tools/call '"name":"results"'
	ask 4 tools/call '"name":"history","arguments":{"policy":"--csv=/tmp/x"}'
	ask 5 tools/call '"name":"results","arguments":{"run":"one\nrm"}'
} >"$TMP/in"
mcp
is "nor does a tool" "$(lines) $(grep -c '"isError":true' "$TMP/out")" "5 5"
check "and it says what is missing" grep -qF "'run' is missing" "$TMP/out"

mkdir -p "$R/report/one/fig"
printf '<svg/>' >"$R/report/one/fig/dots-build.svg"
printf '\211PNG\0\1' >"$R/report/one/fig/dots-build.png"
echo secret >"$TMP/secret"
ln -s "$TMP/secret" "$R/report/one/fig/link.svg"
mkfifo "$R/report/one/fig/pipe.svg"
{
	ask 1 resources/read '"uri":"scxbench://runs/one/figures"'
	ask 2 resources/read '"uri":"scxbench://runs/one/figures/dots-build.svg"'
	ask 3 resources/read '"uri":"scxbench://runs/one/figures/dots-build.png"'
	ask 4 resources/read '"uri":"scxbench://runs/one/figures/link.svg"'
	ask 5 resources/read '"uri":"scxbench://runs/one/figures/pipe.svg"'
	ask 6 tools/call '"name":"figure","arguments":{"run":"one","name":"dots-build.png"}'
	ask 7 tools/call '"name":"figure","arguments":{"run":"one","name":"../../../secret"}'
	ask 8 resources/read '"uri":"scxbench://runs/two/figures"'
} >"$TMP/in"
mcp
check "figures of a page are listed" sh -c 'case $1 in *dots-build.png*dots-build.svg*) ;; *) exit 1 ;; esac' - "$(value 1 result.contents.0.text)"
is "an SVG is text, a PNG bytes" "$(value 2 result.contents.0.text) $(value 3 result.contents.0.blob) $(value 3 result.contents.0.mimeType)" "<svg/> iVBORwAB image/png"
is "no link is followed, no pipe waited for" "$(value 4 error.code) $(value 5 error.code)" "-32602 -32602"
is "a tool gives a picture" "$(value 6 result.content.0.type)" image
is "and no other file" "$(value 7 result.isError) $(grep -c secret "$TMP/out")" "1 0"
check "a run without a page says how to make it" sh -c 'case $1 in *"scxbench report two"*) ;; *) exit 1 ;; esac' - "$(value 8 error.message)"

# A database that is read has its -wal and -shm beside it.
tree() { (cd "$R" && find . ! -name 'scxbench.db-*' -type f -exec cksum {} + && find . ! -name 'scxbench.db-*' | sort); }
tree >"$TMP/before"
{
	begin
	for uri in runs runs/one/results runs/one/answer runs/one/custody runs/one/regress compare/one/two history runs/one/figures; do
		legacy 1 resources/read "\"uri\":\"scxbench://$uri\""
	done
} >"$TMP/in"
mcp
tree >"$TMP/after"
check "reading changes no file of the results" cmp "$TMP/before" "$TMP/after"
if [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --clear-groups true 2>/dev/null; then
	cp "$TMP/out" "$TMP/as-root"
	run setpriv --reuid=65534 --clear-groups "$SCXBENCH" mcp --results "$R" <"$TMP/in"
	check "and whoever may read it all needs no right to write" cmp "$TMP/as-root" "$TMP/out"
else
	skip "and whoever may read it all needs no right to write" "here root can't become another user"
fi

R=$TMP/none
{ ask 1 resources/list; ask 2 resources/read '"uri":"scxbench://runs"'; } >"$TMP/in"
mcp
is "without a store there are no runs, and none is made" "$RC $(value 1 result.resources.0.uri) $(value 2 error.code) $(ls "$TMP/none" 2>/dev/null)" "0 scxbench://runs -32602 "
run "$SCXBENCH" mcp extra </dev/null
is "it takes no words" "$RC" 2
done_testing
