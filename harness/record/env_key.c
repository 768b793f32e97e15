/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/env_key.h"

#include <string.h>

const char *run_env_known(const struct run *run, const char *key)
{
	const char *value = run_env(run, key);

	return value && strncmp(value, "unknown", strlen("unknown")) ? value : NULL;
}

bool env_key_is(const char *key, const char *first)
{
	return !strncmp(key, first, strlen(first));
}

bool env_key_is_object(const char *key)
{
	const char *ext = strrchr(key, '.');

	return env_key_is(key, ENV_HASH) && ext - key >= 4 && !strcmp(ext - 4, ".bpf.o");
}
