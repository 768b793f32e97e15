/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/host_id.h"

#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "record/env_key.h"
#include "util/fs.h"
#include "util/log.h"
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

/* The line of a file, the caller's to free; NULL: there is none. */
static char *line_of(const char *path)
{
	char *line;

	return fs_read_line(fs_sys("%s", path), &line) ? NULL : line;
}

/* Not one that many machines have: all digits are the same, or a board's maker left the example in. */
static bool is_unique(const char *id)
{
	const char alike[] = { *id, '-', '\0' };

	return !id[strspn(id, "0123456789abcdefABCDEF-")] && id[strspn(id, alike)] &&
	       strcasecmp(id, "03000200-0400-0500-0006-000700080009");
}

static bool is_name_of_many(const char *name)
{
	return !*name || !strcmp(name, "(none)") || !strncmp(name, "localhost", strlen("localhost"));
}

/* What a cloned image does not share, the caller's to free; NULL: nothing is known. */
static char *own_fact(void)
{
	char *uuid = line_of("/sys/class/dmi/id/product_uuid"), *name = NULL, *fact = NULL;

	if (uuid && is_unique(uuid))
		fact = mem_printf("UUID %s", uuid);
	else if ((name = line_of("/proc/sys/kernel/hostname")) && !is_name_of_many(name))
		fact = mem_printf("name %s", name);
	free(uuid);
	free(name);
	return fact;
}

/* The id is part of it whatever it is, as it always was. */
static char *hardware(const struct run *run, const struct topology *t)
{
	const char *cpu = run_env(run, ENV_CPU);
	char *id = line_of("/etc/machine-id"), *text;

	text = mem_printf("%s, %d packages, %d nodes, %d L3, %d cores, %d CPUs, %u GiB, %s, id %s",
			  cpu ? cpu : "", t->nr_packages, t->nr_nodes, t->nr_l3, t->nr_cores, t->nr_cpus,
			  memory_class(), run->emulated ? "emulated" : "real", id ? id : "none");
	if (id && !is_unique(id) && !run->emulated)
		log_warn(
			"/etc/machine-id has '%s', as other machines have: 'systemd-machine-id-setup' makes an id",
			id);
	free(id);
	return text;
}

void env_host(struct run *run, const struct topology *t)
{
	char *text = hardware(run, t), *own = run->emulated ? NULL : own_fact();

	if (own) {
		run->host = name_of(mem_printf("%s, %s", text, own));
		run->host_before = name_of(text);
	} else {
		run->host = name_of(text);
	}
	free(own);
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
	char hex[SHA256_DIGEST_STRING_LENGTH] = "", *text, *parent;
	size_t len;
	FILE *f;

	if ((spec->kind == POLICY_FAIR && !spec->nr_knobs) ||
	    (spec->kind == POLICY_BPF && !SHA256File(spec->object, hex)))
		return NULL;
	if (spec->kind == POLICY_CMD)
		hash_program(spec->command, hex);
	f = open_memstream(&text, &len);
	fprintf(f, "%s\n%s\n", hex, spec->kind == POLICY_CMD ? spec->command : "");
	if (spec->chosen)
		fprintf(f, "#%s\n", spec->chosen);
	for (int i = 0; i < spec->nr_knobs; i++)
		fprintf(f, "%s=%s\n", spec->knob[i].name, spec->knob[i].value);
	if (spec->parent) {
		parent = env_policy_hash(spec->parent);
		fprintf(f, "below %s\n", parent ? parent : "");
		free(parent);
	}
	fclose(f);
	return name_of(text);
}
