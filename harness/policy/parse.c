/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>
#include "policy/policy.h"
#include "record/name.h"
#include "record/role.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"

/* Of a name that is given to a policy, as of a run's id. */
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"

/* What looks like a knob and names the parent. */
#define BELOW "below="

static char *copy_text(const char *s, size_t len)
{
	char *out = mem_zalloc(len + 1, 1);

	return memcpy(out, s, len);
}

static bool is_path(const char *head, size_t len)
{
	return memchr(head, '/', len) || memmem(head, len, POLICY_OBJECT_EXT, strlen(POLICY_OBJECT_EXT));
}

/*
 * Where the object or name ends and ":knobs" begin. A path may contain a colon before its extension; an
 * extension after ":below=" is that of the parent.
 */
static size_t head_len(const char *text)
{
	const char *ext = strstr(text, POLICY_OBJECT_EXT), *below = strstr(text, ":" BELOW);

	if (below && (!ext || below < ext))
		return below - text;
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

const char *policy_knob_value(const struct policy_spec *spec, const char *name)
{
	for (int i = 0; i < spec->nr_knobs; i++)
		if (!strcmp(spec->knob[i].name, name))
			return spec->knob[i].value;
	return NULL;
}

static int add_knob(struct policy_spec *spec, const char *s, size_t len)
{
	const char *eq = memchr(s, '=', len);
	struct policy_knob knob;

	if (!eq || eq == s || eq == s + len - 1)
		return log_err(-CAUSE_USAGE, "%s: '%.*s' is not a knob: write name=value", spec->given,
			       (int)len, s);
	knob.name = copy_text(s, eq - s);
	if (policy_knob_value(spec, knob.name)) {
		log_err(-CAUSE_USAGE, "%s: knob %s is given twice", spec->given, knob.name);
		free(knob.name);
		return -CAUSE_USAGE;
	}
	knob.value = copy_text(eq + 1, len - (eq + 1 - s));
	spec->knob = mem_grow(spec->knob, spec->nr_knobs, sizeof(knob));
	spec->knob[spec->nr_knobs++] = knob;
	return 0;
}

/* s: "below=PARENT" and what follows */
static int set_parent(struct policy_spec *spec, const char *home, const char *s, size_t len)
{
	char *parent = copy_text(s + strlen(BELOW), len - strlen(BELOW));
	int err;

	if (spec->parent || spec->kind != POLICY_BPF || !*parent)
		err = log_err(-CAUSE_USAGE, "%s: write one below=POLICY, and that for a BPF policy",
			      spec->given);
	else
		err = policy_parse(home, parent, spec->parent = mem_zalloc(1, sizeof(*spec->parent)));
	free(parent);
	if (!err && spec->parent && (spec->parent->kind != POLICY_BPF || spec->parent->parent))
		err = log_err(-CAUSE_USAGE, "%s: '%s' can't be a parent: name a BPF policy that is a root",
			      spec->given, spec->parent->given);
	return err;
}

/* s: what follows the head, "" or ":a=1,b=2" */
static int parse_knobs(struct policy_spec *spec, const char *home, const char *s)
{
	if (!*s)
		return 0;
	if (*s != ':')
		return log_err(-CAUSE_USAGE, "%s: knobs follow after a colon: %s:name=value", spec->given,
			       spec->name);
	do {
		size_t len = strcspn(++s, ",");
		int err = strncmp(s, BELOW, strlen(BELOW)) ? add_knob(spec, s, len)
							   : set_parent(spec, home, s, len);

		if (err)
			return err;
		s += len;
	} while (*s);
	return 0;
}

static int parse_fair(struct policy_spec *spec, const char *home)
{
	spec->kind = POLICY_FAIR;
	spec->name = mem_strdup(FAIR_NAME);
	return parse_knobs(spec, home, spec->given + strlen(FAIR_NAME));
}

static int parse_command(struct policy_spec *spec, const char *command)
{
	command += strspn(command, " \t");
	spec->kind = POLICY_CMD;
	spec->command = mem_strdup(command);
	spec->name = base_name(command, strcspn(command, " \t"));
	if (!spec->name[0])
		return log_err(-CAUSE_USAGE, "%s: name the command, as in cmd:scx_rusty --some-option",
			       spec->given);
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

/* "#a_ops" behind the object. Returns what follows it. */
static const char *take_choice(struct policy_spec *spec, const char *s)
{
	size_t len = *s == '#' ? strcspn(s, ":") : 0;

	if (len > 1)
		spec->chosen = copy_text(s + 1, len - 1);
	return s + len;
}

static int parse_object(struct policy_spec *spec, const char *home, size_t len)
{
	bool path = is_path(spec->given, len);
	int err;

	spec->kind = POLICY_BPF;
	spec->name = path ? base_name(spec->given, len) : copy_text(spec->given, len);
	if (!spec->name[0])
		return log_err(-CAUSE_USAGE, "'%s' has no name of a policy: see 'scxbench list'",
			       spec->given);
	spec->object = path ? copy_text(spec->given, len) : policy_object(home, spec->name);
	err = parse_knobs(spec, home, take_choice(spec, spec->given + len));
	if (err || fs_exists(spec->object))
		return err;
	if (path)
		return log_err(-CAUSE_NOT_FOUND, "%s does not exist: give the path of a compiled policy",
			       spec->object);
	return unknown_policy(home, spec->name);
}

static int parse_spec(const char *home, struct policy_spec *spec)
{
	size_t len = head_len(spec->given);

	if (!strncmp(spec->given, "cmd:", strlen("cmd:")))
		return parse_command(spec, spec->given + strlen("cmd:"));
	if (len == strlen(FAIR_NAME) && !strncmp(spec->given, FAIR_NAME, len))
		return parse_fair(spec, home);
	return parse_object(spec, home, len);
}

/* Where NAME ends in "NAME=POLICY"; 0: it is given no name. No policy and no path has a '=' that early. */
static size_t name_len(const char *text)
{
	size_t len = strspn(text, NAME_CHARACTERS);

	return text[len] == '=' ? len : 0;
}

static bool is_known(const char *home, const char *name)
{
	char *object = policy_object(home, name);
	bool known = !strcmp(name, FAIR_NAME) || fs_exists(object);

	free(object);
	return known;
}

/* A name that means another policy elsewhere would make a reader believe the wrong thing. */
static int check_name(const char *home, const struct policy_spec *spec)
{
	if (strchr("-_.", spec->text[0]))
		return log_err(-CAUSE_USAGE, "'%s' can't be a name: begin with a letter or a digit",
			       spec->text);
	if (strcmp(spec->text, spec->given) && is_known(home, spec->text))
		return log_err(-CAUSE_USAGE, "%s=%s: %s is a policy of its own: choose another name",
			       spec->text, spec->given, spec->text);
	return 0;
}

int policy_parse(const char *home, const char *text, struct policy_spec *spec)
{
	size_t name = name_len(text);
	const char *rule;
	int err = 0;

	*spec = (struct policy_spec){
		.text = name ? copy_text(text, name) : mem_strdup(text),
		.given = mem_strdup(name ? text + name + 1 : text),
	};
	rule = name_fault(NAME_POLICY, text);
	if (rule)
		err = log_err(-CAUSE_USAGE, "policy '%s': %s", text, rule);
	else if (name)
		err = check_name(home, spec);
	if (!err)
		err = parse_spec(home, spec);
	if (err)
		policy_spec_free(spec);
	return err;
}

char *policy_argument(const struct policy_spec *spec)
{
	return strcmp(spec->text, spec->given) ? mem_printf("%s=%s", spec->text, spec->given)
					       : mem_strdup(spec->text);
}

void policy_spec_free(struct policy_spec *spec)
{
	for (int i = 0; i < spec->nr_knobs; i++) {
		free(spec->knob[i].name);
		free(spec->knob[i].value);
	}
	if (spec->parent)
		policy_spec_free(spec->parent);
	free(spec->parent);
	free(spec->knob);
	free(spec->text);
	free(spec->given);
	free(spec->name);
	free(spec->object);
	free(spec->chosen);
	free(spec->command);
	*spec = (struct policy_spec){ 0 };
}
