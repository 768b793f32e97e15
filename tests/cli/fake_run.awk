# SPDX-License-Identifier: GPL-2.0-or-later
# Writes the files of a run, as fake_runs.sh describes it.
function noise() { return exp(0.01 * (rand() + rand() + rand() + rand() - 2) * sqrt(3)) }
function texts(list, nr,   i, s) {
	for (i = 1; i <= nr; i++) s = s (i > 1 ? "," : "") "\"" list[i] "\""
	return "[" s "]"
}
function hashes(   i, s) {
	for (i = 1; i <= nr_p; i++)
		s = s (i > 1 ? "," : "") (policy[i] ~ /^fair/ ? "null" : "\"" E["HASH"] policy[i] "\"")
	return "[" s "]"
}
function more(value,   i, s) {
	for (i = 3; i <= E["METRICS"]; i++)
		s = s sprintf(",{\"name\":\"more.%d\",\"unit\":\"count\",\"better\":\"\",\"value\":%.3f,\"absent\":null}",
			i, value * i * noise())
	return s
}
function sample(policy, work, block, value,   file, status) {
	if (++seq > E["TAKEN"] || seq in gone) return
	status = (policy ":" block) in bad ? bad[policy ":" block] : (policy ":*") in bad ? bad[policy ":*"] : "ok"
	file = sprintf("%s/sample-%04d.json", E["DIR"], seq)
	printf "{\"schema\":2,\"seq\":%d,\"block\":%d,\"boot\":1,\"warmup\":false,\"policy\":\"%s\",\"workload\":\"%s\"," \
		"\"instrumented\":false,\"status\":\"%s\",\"why\":null,\"started_ns\":%d,\"elapsed_s\":1,\"window_s\":1," \
		"\"metrics\":[{\"name\":\"time\",\"unit\":\"%s\",\"better\":\"%s\",\"value\":%.9f,\"absent\":null}," \
		"{\"name\":\"sched.run_delay\",\"unit\":\"ns\",\"better\":\"lower\",\"value\":%.3f,\"absent\":null}%s]," \
		"\"histograms\":[],\"proof\":[],\"ejection\":{\"kind\":0,\"code\":0,\"reason\":null,\"msg\":null," \
		"\"dump\":null,\"after_s\":0},\"violations\":null}\n", seq, block, policy, work, status, E["STARTED"],
		E["UNIT"], E["BETTER"], value, 1000 * value, more(value) >file
	close(file)
}
BEGIN {
	for (k in ENVIRON) E[k] = ENVIRON[k]
	for (i = 1; i <= length(E["ID"]); i++) seed = seed * 31 % 65521 + index("abcdefghijklmnopqrstuvwxyz0123456789", substr(E["ID"], i, 1))
	srand(seed)
	nr_bad = split(E["BAD"], list, " ")
	for (i = 1; i <= nr_bad; i++) { split(list[i], part, "="); bad[part[1]] = part[2] }
	nr_gone = split(E["GONE"], list, " ")
	for (i = 1; i <= nr_gone; i++) gone[list[i]]
	if (E["FAIR"] == "yes") { policy[++nr_p] = "fair"; ratio[nr_p] = 1 }
	n = split(E["RATIOS"], list, " ")
	for (i = 1; i <= n; i++) { split(list[i], part, "="); policy[++nr_p] = part[1]; ratio[nr_p] = part[2] }
	nr_w = split(E["WORKS"], list, " ")
	for (i = 1; i <= nr_w; i++) { split(list[i], part, "="); work[i] = part[1]; base[i] = part[2]; primary[i] = "time" }
	for (b = 1; b <= E["BLOCKS"]; b++)
		for (w = 1; w <= nr_w; w++)
			for (p = 1; p <= nr_p; p++)
				sample(policy[p], work[w], b, base[w] * ratio[p] * noise())
	printf "{\"schema\":2,\"id\":\"%s\",\"plan\":\"%s\",\"command\":\"%s\",\"where\":\"native\"," \
		"\"emulated\":%s,\"host\":\"%s\",\"seed\":\"1\",\"blocks\":%d,\"planned\":%d,\"restarts\":1,\"margin\":null," \
		"\"started_ns\":%d000000000,\"policies\":%s,\"policy_hash\":%s,\"workloads\":%s,\"primary\":%s," \
		"\"env\":{\"kernel\":\"%s\",\"fair\":\"%s\",\"workload.build\":\"%s\"%s},\"topology_xml\":null," \
		"\"ended\":%s,\"tags\":null}\n", E["ID"], E["PLAN"],
		E["COMMAND"] ? E["COMMAND"] : "scxbench bench --plan " E["PLAN"], E["EMULATED"], E["HOST"], E["BLOCKS"], seq,
		E["STARTED"], texts(policy, nr_p), hashes(), texts(work, nr_w), texts(primary, nr_w), E["KERNEL"],
		E["KIND"], E["IDENTITY"], E["CPU"] ? ",\"cpu\":\"" E["CPU"] "\"" : "", E["ENDED"] >(E["DIR"] "/run.json")
}
