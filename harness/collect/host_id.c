/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/host_id.h"

#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "util/fs.h"
#include "util/mem.h"

#define HEX_DIGITS 16

/* Takes ownership of the text. */
static char *name_of(char *text)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];

	SHA256Data((const uint8_t *)text, strlen(text), hex);
	free(text);
	return mem_printf("%.*s", HEX_DIGITS, hex);
}

/* From the "MemTotal:" line of /proc/meminfo: the least power of 2 GiB that is not below it. */
static unsigned memory_class(void)
{
	char *line;
	unsigned long kb = 0;
	unsigned gib = 1;

	if (fs_read(fs_sys("/proc/meminfo"), &line, NULL))
		return 0;
	sscanf(line, "MemTotal: %lu", &kb);
	free(line);
	while (gib < kb >> 20 || (gib == kb >> 20 && kb & ((1 << 20) - 1)))
		gib *= 2;
	return gib;
}

void env_host(struct run *run, const struct topology *t)
{
	const char *cpu = run_env(run, ENV_CPU);
	char *id;

	if (fs_read_line(fs_sys("/etc/machine-id"), &id))
		id = mem_strdup("none");
	run->host =
		name_of(mem_printf("%s, %d packages, %d nodes, %d L3, %d cores, %d CPUs, %u GiB, %s, id %s",
				   cpu ? cpu : "", t->nr_packages, t->nr_nodes, t->nr_l3, t->nr_cores,
				   t->nr_cpus, memory_class(), run->emulated ? "emulated" : "real", id));
	free(id);
}

/* The hash of a command's program, found as the shell finds it; "" when it is not found. */
static void hash_program(const char *command, char hex[SHA256_DIGEST_STRING_LENGTH])
{
	const char *path = getenv("PATH");
	int word = (int)strcspn(command, " \t");

	hex[0] = '\0';
	if (memchr(command, '/', (size_t)word))
		path = "";
	for (bool more = path; more && !hex[0]; path++) {
		int len = (int)strcspn(path, ":");
		char *file = mem_printf("%.*s%s%.*s", len, path, len ? "/" : "", word, command);

		if (!SHA256File(file, hex))
			hex[0] = '\0';
		free(file);
		path += len;
		more = *path;
	}
}

char *env_policy_hash(const struct policy_spec *spec)
{
	char hex[SHA256_DIGEST_STRING_LENGTH], *text;
	size_t len;
	FILE *f;

	if (spec->kind == POLICY_FAIR || (spec->kind == POLICY_BPF && !SHA256File(spec->object, hex)))
		return NULL;
	if (spec->kind == POLICY_CMD)
		hash_program(spec->command, hex);
	f = open_memstream(&text, &len);
	fprintf(f, "%s\n%s\n", hex, spec->kind == POLICY_CMD ? spec->command : "");
	for (int i = 0; i < spec->nr_knobs; i++)
		fprintf(f, "%s=%s\n", spec->knob[i].name, spec->knob[i].value);
	fclose(f);
	return name_of(text);
}
