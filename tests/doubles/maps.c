/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * With $DOUBLE_MAPS a policy is attached that can be steered, and its maps are files in that folder.
 * $DOUBLE_HEEDS is the hexadecimal word of what it heeds for tasks; by default all of it. An update of a map
 * is the step map_update.
 */
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/types.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "control_abi.h"
#include "double.h"
#include "policy/find.h"
#include "util/clock.h"

#define SLOTS 65536
#define MAX_FD 1024

int __real_find_policy(struct found *f);
int __real_find_map(const struct found *f, const char *name, unsigned value_size);
int __real_bpf_map_get_info_by_fd(int fd, struct bpf_map_info *info, __u32 *len);
int __real_bpf_map_lookup_elem(int fd, const void *key, void *value);
int __real_bpf_map_update_elem(int fd, const void *key, const void *value, __u64 flags);
int __real_bpf_map_delete_elem(int fd, const void *key);
int __real_bpf_map_get_next_key(int fd, const void *key, void *next);

int __wrap_find_policy(struct found *f)
{
	if (!getenv("DOUBLE_MAPS"))
		return __real_find_policy(f);
	memset(f, 0, sizeof(*f));
	scx_state_read(&f->scx);
	return 0;
}

/* A table with open addresses; a slot that was used ends no search. */
struct slot {
	enum { FREE, USED, LEFT } state;
	struct scxb_rule_key key;
	struct scxb_setting value;
};

static struct slot *table[MAX_FD];

static void begin_control(int fd)
{
	const char *heeds = getenv("DOUBLE_HEEDS");
	struct scxb_control c = { .params = (1U << SCXB_NR_PARAMS) - 1,
				  .settings = (1U << SCXB_NR_SETTINGS) - 1,
				  .queue = (1U << SCXB_NR_QUEUE_SETTINGS) - 1,
				  .started_ns = clock_ns() };

	c.settings = heeds ? strtoul(heeds, NULL, 16) : c.settings | SCXB_CHARGES;
	if (write(fd, &c, sizeof(c)) != sizeof(c))
		abort();
}

int __wrap_find_map(const struct found *f, const char *name, unsigned value_size)
{
	bool rules = !strncmp(name, "scxb_rule", 9), control = !strcmp(name, SCXB_CONTROL_MAP);
	const char *dir = getenv("DOUBLE_MAPS");
	char path[512];
	struct stat st;
	int fd;

	if (!dir)
		return __real_find_map(f, name, value_size);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || fd >= MAX_FD || fstat(fd, &st))
		abort();
	if (control && !st.st_size)
		begin_control(fd);
	else if (!st.st_size &&
		 ftruncate(fd, rules ? SLOTS * sizeof(struct slot) : value_size * SCXB_BUCKETS))
		abort();
	if (table[fd])
		munmap(table[fd], SLOTS * sizeof(struct slot));
	table[fd] = NULL;
	if (rules)
		table[fd] =
			mmap(NULL, SLOTS * sizeof(struct slot), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return fd;
}

int __wrap_bpf_map_get_info_by_fd(int fd, struct bpf_map_info *info, __u32 *len)
{
	struct stat st;

	if (!getenv("DOUBLE_MAPS"))
		return __real_bpf_map_get_info_by_fd(fd, info, len);
	fstat(fd, &st);
	info->max_entries = st.st_size == sizeof(struct scxb_control) ? 1 : SCXB_BUCKETS;
	return 0;
}

static unsigned place_of(const struct scxb_rule_key *key)
{
	unsigned hash = key->bits;

	for (size_t i = 0; i < sizeof(key->comm); i++)
		hash = (hash ^ (unsigned char)key->comm[i]) * 16777619U;
	return hash % SLOTS;
}

/* The slot of exactly this key; NULL: none. */
static struct slot *find(int fd, const struct scxb_rule_key *key)
{
	unsigned at = place_of(key);

	for (; table[fd][at].state != FREE; at = (at + 1) % SLOTS)
		if (table[fd][at].state == USED && table[fd][at].key.bits == key->bits &&
		    !memcmp(table[fd][at].key.comm, key->comm, sizeof(key->comm)))
			return &table[fd][at];
	return NULL;
}

/* The bytes beyond a key's length do not count. */
static struct scxb_rule_key cut(const void *key, unsigned bits)
{
	struct scxb_rule_key k;

	memcpy(&k, key, sizeof(k));
	k.bits = bits;
	memset(k.comm + bits / 8, 0, sizeof(k.comm) - bits / 8);
	return k;
}

int __wrap_bpf_map_lookup_elem(int fd, const void *key, void *value)
{
	unsigned bits;

	if (!table[fd])
		return __real_bpf_map_lookup_elem(fd, key, value);
	memcpy(&bits, key, sizeof(bits));
	for (; bits; bits -= 8) {
		struct scxb_rule_key shorter = cut(key, bits);
		struct slot *s = find(fd, &shorter);

		if (!s)
			continue;
		memcpy(value, &s->value, sizeof(s->value));
		return 0;
	}
	errno = ENOENT;
	return -ENOENT;
}

int __wrap_bpf_map_update_elem(int fd, const void *key, const void *value, __u64 flags)
{
	struct scxb_rule_key k;
	struct slot *s;
	unsigned at;

	if (!table[fd])
		return __real_bpf_map_update_elem(fd, key, value, flags);
	k = cut(key, *(const __u32 *)key);
	s = find(fd, &k);
	at = place_of(&k);
	if (getenv("DOUBLE_AT") && double_step("map_update") == FAIL) {
		errno = ENOMEM;
		return -ENOMEM;
	}
	while (!s && table[fd][at].state == USED)
		at = (at + 1) % SLOTS;
	if (!s)
		s = &table[fd][at];
	s->state = USED;
	s->key = k;
	memcpy(&s->value, value, sizeof(s->value));
	return 0;
}

int __wrap_bpf_map_delete_elem(int fd, const void *key)
{
	struct scxb_rule_key k;
	struct slot *s;

	if (!table[fd])
		return __real_bpf_map_delete_elem(fd, key);
	k = cut(key, *(const __u32 *)key);
	s = find(fd, &k);
	if (!s) {
		errno = ENOENT;
		return -ENOENT;
	}
	s->state = LEFT;
	return 0;
}

int __wrap_bpf_map_get_next_key(int fd, const void *key, void *next)
{
	const struct slot *s;
	unsigned at;

	if (!table[fd])
		return __real_bpf_map_get_next_key(fd, key, next);
	s = key ? find(fd, key) : NULL;
	at = s ? s - table[fd] + 1 : 0;
	while (at < SLOTS && table[fd][at].state != USED)
		at++;
	if (at == SLOTS) {
		errno = ENOENT;
		return -ENOENT;
	}
	memcpy(next, &table[fd][at].key, sizeof(struct scxb_rule_key));
	return 0;
}
