# SPDX-License-Identifier: GPL-2.0-or-later
# A record of top, of -v looks=N looks a second apart: two nodes of two CPUs, 8 tasks in three cgroups, of which one has a
# name that a terminal must not see. Task n ran for 10 n ms a second. A fifth look is of no policy.
function counters(i) {
	printf "{\"ops\":{\"enqueue\":%d,\"dispatch\":%d},\"counts\":{\"idle_hit\":%d},", 1000 * i, 2000 * i, 10 * i
	printf "\"custody\":{\"entry_dsq\":%d,\"exit_dispatch\":%d},\"queue\":[3,1],", 900 * i, 896 * i
	printf "\"times\":{\"dispatch\":[[100,%d],[160,%d]],\"core\":[],\"change\":[]}}", 800 * i, 96 * i
}

# tid, tgid, flags, cpu, weight, run_ns, wait_ns, moves, start_ns, custody, queue, waited_ns, cgroup, dsq, ready_ns, comm: one runs,
# one is in a DSQ, one in a queue of the policy's own, one in a local DSQ, the others sleep
function task(n, i) {
	split("35 37 49 37 33", flags, " ")
	name = n == 8 ? "evil\\u001b[2J\\u0007" : "task" n
	printf "[%d,%d,%d,%d,%d,%.0f,%.0f,%d,5,", 100 + n, 100, n < 5 ? flags[n] : 33, n % 4, 100 * n, i * n * 1e7, i * n * 5e6, i * n
	printf "%d,%d,%d,%d,%s,%d,\"%s\"]", n == 2 || n == 3 ? 2 : 0, n == 3, n == 2 || n == 3 ? n * 1000000 : 0, 1 + n % 3,
		n == 2 ? 5 : n == 4 ? "-9223372036854775806" : 0, (n >= 2 && n <= 4) ? n * 2000000 : 0, name
}

BEGIN {
	print "{\"schema\":1,\"record\":\"top\",\"scxbench\":\"a test\",\"cpus\":[[0,0,0],[1,0,0],[2,1,1],[3,1,1]]}"
	for (i = 1; i <= looks; i++) {
		printf "{\"when_ns\":%.0f,\"unix_ns\":%.0f,\"cpus\":[", i * 1e9, 1.8e18 + i * 1e9
		for (c = 0; c < 4; c++)
			printf "%s[%d,%d]", c ? "," : "", i * 25 * c, i * 100
		printf "],\"policy\":"
		if (i == 5) {
			print "null}"
			continue
		}
		printf "\"mine\",\"enable_seq\":1,\"started_ns\":500000000,\"counters\":"
		counters(i)
		printf ",\"programs\":[[\"enqueue\",%d,%d]],\"tasks\":[", 1000 * i, 300000 * i
		for (n = 1; n <= 8; n++) {
			printf "%s", (n > 1 ? "," : "")
			task(n, i)
		}
		printf "],\"cgroups\":[[1,\"/tenant\",%.0f],[2,\"/tenant/web\",%.0f],[3,null,null]]}\n", i * 6e8, i * 2e8
	}
}
