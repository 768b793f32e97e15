/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command OBJECT [GO ACTION]   somebody else's program: attaches the object by a link, which ends with it.
 * When the file GO is there, it does the action: a number is the exit code with which it ends, "kill" is
 * SIGKILL, "out" detaches and sleeps, "again" attaches the same once more, and any other is an object to be
 * attached instead.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct bpf_map *load(const char *path)
{
	struct bpf_object *obj = bpf_object__open_file(path, NULL);
	struct bpf_map *map;

	if (!obj)
		exit(10);
	bpf_object__for_each_map (map, obj)
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS)
			break;
	if (!map || bpf_map__set_map_flags(map, bpf_map__map_flags(map) | BPF_F_LINK) ||
	    bpf_object__load(obj))
		exit(11);
	return map;
}

static void act(struct bpf_link *link, const char *object, const char *action)
{
	char *end;
	long code = strtol(action, &end, 10);
	struct bpf_map *other;

	if (!*end) {
		printf("I have had enough\n");
		exit((int)code);
	}
	if (!strcmp(action, "kill"))
		kill(getpid(), SIGKILL);
	other = strcmp(action, "out") ? load(strcmp(action, "again") ? action : object) : NULL;
	bpf_link__destroy(link);
	if (other)
		bpf_map__attach_struct_ops(other);
}

int main(int argc, char **argv)
{
	struct bpf_link *link;

	if (argc < 2)
		return 2;
	setvbuf(stdout, NULL, _IOLBF, 0);
	link = bpf_map__attach_struct_ops(load(argv[1]));
	if (!link) {
		printf("it does not attach: %s\n", strerror(errno));
		return 12;
	}
	while (argc > 3 && access(argv[2], F_OK))
		usleep(10000);
	if (argc > 3)
		act(link, argv[1], argv[3]);
	for (;;)
		pause();
}
