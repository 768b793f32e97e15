/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hint KIND [TID [LIKE]]   gives a hint (0 none, 1 latency, 2 batch, 3 same cache) of itself or of TID;
 * prints the answer. */
#include <stdio.h>
#include <stdlib.h>
#include "control/scxbench-hint.h"

int main(int argc, char **argv)
{
	pid_t me = getpid();
	int answer = argc < 2 ? -EINVAL
			      : scxbench_hint(argc > 2 ? atoi(argv[2]) : me, atoi(argv[1]),
					      argc > 3 ? atoi(argv[3]) : me);

	printf("%d\n", answer);
	return 0;
}
