/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>
#include "policy/policy.h"
#include "record/role.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"

static char *copy_text(const char *s, size_t len)
{
	char *out = mem_zalloc(len + 1, 1);

	return memcpy(out, s, len);
}

static bool is_path(const char *head, size_t len)
{
	return memchr(head, '/', len) || memmem(head, len, POLICY_OBJECT_EXT, strlen(POLICY_OBJECT_EXT));
}

/* Where the object or name ends and ":knobs" begin. A path may contain a colon before its extension. */
static size_t head_len(const char *text)
{
	const char *ext = strstr(text, POLICY_OBJECT_EXT);

	return ext ? (size_t)(ext - text) + strlen(POLICY_OBJECT_EXT) : strcspn(text, ":");
}

/* "a/b/fifo.bpf.o" is "fifo", "/usr/bin/scx_rusty --x" is "scx_rusty". */
static char *base_name(const char *s, size_t len)
{
	const char *slash = memrchr(s, '/', len);

	if (slash) {
		len -= slash + 1 - s;
		s = slash + 1;
	}
	return copy_text(s, strcspn(s, ".:") < len ? strcspn(s, ".:") : len);
}

static bool has_knob(const struct policy_spec *spec, const char *name)
{
	for (int i = 0; i < spec->nr_knobs; i++)
		if (!strcmp(spec->knob[i].name, name))
			return true;
	return false;
}

static int add_knob(struct policy_spec *spec, const char *s, size_t len)
{
	const char *eq = memchr(s, '=', len);
	struct policy_knob knob;

	if (!eq || eq == s || eq == s + len - 1)
		return log_err(-CAUSE_USAGE, "%s: '%.*s' is not a knob: write name=value", spec->text,
			       (int)len, s);
	knob.name = copy_text(s, eq - s);
	if (has_knob(spec, knob.name)) {
		log_err(-CAUSE_USAGE, "%s: knob %s is given twice", spec->text, knob.name);
		free(knob.name);
		return -CAUSE_USAGE;
	}
	knob.value = copy_text(eq + 1, len - (eq + 1 - s));
	spec->knob = mem_grow(spec->knob, spec->nr_knobs, sizeof(knob));
	spec->knob[spec->nr_knobs++] = knob;
	return 0;
}

/* s: what follows the head, "" or ":a=1,b=2" */
static int parse_knobs(struct policy_spec *spec, const char *s)
{
	if (!*s)
		return 0;
	if (*s != ':')
		return log_err(-CAUSE_USAGE, "%s: knobs follow after a colon: %s:name=value", spec->text,
			       spec->name);
	do {
		size_t len = strcspn(++s, ",");
		int err = add_knob(spec, s, len);

		if (err)
			return err;
		s += len;
	} while (*s);
	return 0;
}

static int parse_fair(struct policy_spec *spec)
{
	spec->kind = POLICY_FAIR;
	spec->name = mem_strdup(FAIR_NAME);
	if (spec->text[strlen(FAIR_NAME)])
		return log_err(-CAUSE_USAGE, "%s: fair is the kernel's own and has no knobs", spec->text);
	return 0;
}

static int parse_command(struct policy_spec *spec, const char *command)
{
	command += strspn(command, " \t");
	spec->kind = POLICY_CMD;
	spec->command = mem_strdup(command);
	spec->name = base_name(command, strcspn(command, " \t"));
	if (!spec->name[0])
		return log_err(-CAUSE_USAGE, "%s: name the command, as in cmd:scx_rusty --some-option",
			       spec->text);
	return 0;
}

static int unknown_policy(const char *home, const char *name)
{
	struct nearest near = { .word = name };
	char **all = policy_list(home);

	nearest_try(&near, FAIR_NAME);
	for (char **known = all; *known; known++)
		nearest_try(&near, *known);
	log_err(-CAUSE_NOT_FOUND, "no policy named '%s'%s 'scxbench list' names all", name,
		nearest_ask(&near));
	policy_list_free(all);
	return -CAUSE_NOT_FOUND;
}

static int parse_object(struct policy_spec *spec, const char *home, size_t len)
{
	bool path = is_path(spec->text, len);
	int err;

	spec->kind = POLICY_BPF;
	spec->name = path ? base_name(spec->text, len) : copy_text(spec->text, len);
	if (!spec->name[0])
		return log_err(-CAUSE_USAGE, "'%s' has no name of a policy: see 'scxbench list'", spec->text);
	spec->object = path ? copy_text(spec->text, len) : policy_object(home, spec->name);
	err = parse_knobs(spec, spec->text + len);
	if (err || fs_exists(spec->object))
		return err;
	if (path)
		return log_err(-CAUSE_NOT_FOUND, "%s does not exist: give the path of a compiled policy",
			       spec->object);
	return unknown_policy(home, spec->name);
}

static int parse_spec(const char *home, struct policy_spec *spec)
{
	size_t len = head_len(spec->text);

	if (!strncmp(spec->text, "cmd:", strlen("cmd:")))
		return parse_command(spec, spec->text + strlen("cmd:"));
	if (len == strlen(FAIR_NAME) && !strncmp(spec->text, FAIR_NAME, len))
		return parse_fair(spec);
	return parse_object(spec, home, len);
}

int policy_parse(const char *home, const char *text, struct policy_spec *spec)
{
	int err;

	*spec = (struct policy_spec){ .text = mem_strdup(text) };
	err = parse_spec(home, spec);
	if (err)
		policy_spec_free(spec);
	return err;
}

void policy_spec_free(struct policy_spec *spec)
{
	for (int i = 0; i < spec->nr_knobs; i++) {
		free(spec->knob[i].name);
		free(spec->knob[i].value);
	}
	free(spec->knob);
	free(spec->text);
	free(spec->name);
	free(spec->object);
	free(spec->command);
	*spec = (struct policy_spec){ 0 };
}
