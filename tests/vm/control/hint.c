/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hint KIND [TID [LIKE]]   gives a hint (0 none, 1 latency, 2 batch, 3 same cache) of itself or of TID, at
 * $HINT_SOCKET if that is set; prints the answer.
 * hint -   one of itself for each line of its input: a KIND.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "control/scxbench-hint.h"

static void give_hint(int kind, pid_t tid, pid_t like)
{
	const struct scxbench_hint_request r = {
		.version = 1, .hint = (uint32_t)kind, .tid = tid, .like = like
	};

	printf("%d\n", scxbench_hint_at(getenv("HINT_SOCKET") ?: SCXBENCH_HINT_SOCKET, &r));
	fflush(stdout);
}

int main(int argc, char **argv)
{
	pid_t me = getpid();
	char line[32];

	if (argc > 1 && strcmp(argv[1], "-"))
		give_hint(atoi(argv[1]), argc > 2 ? atoi(argv[2]) : me, argc > 3 ? atoi(argv[3]) : me);
	else
		while (fgets(line, sizeof(line), stdin))
			give_hint(atoi(line), me, me);
	return 0;
}
