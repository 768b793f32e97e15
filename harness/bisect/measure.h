/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One step: GOOD, BAD and a commit in the same blocks, until the turn is known. What is to be measured is a
 * file, because it may be measured elsewhere: natively by a process of its own, from the lab's chroot in a
 * guest, which knows neither git nor the repository. Paths in it are below the results.
 */
#pragma once
#include <stdbool.h>
#include "bisect/bisection.h"

enum step_aim {
	AIM_ENDS,  /* do GOOD and BAD differ? */
	AIM_TURN,  /* is the commit like GOOD or like BAD? */
	AIM_FOUND, /* how far is a commit from its parent? All blocks are taken */
};

/* The arms, in the order of the run's policies. */
#define STEP_MOST_ARMS 3
struct step_arm {
	const char *name, *hash; /* name of the policy in the run */
};

struct step {
	enum step_aim aim;
	struct step_arm arm[STEP_MOST_ARMS];
	unsigned nr_arms, blocks;
	double level;
	int direction; /* of BAD, for a turn */
	char *run;
};

/*
 * Where the file is: for the command that measures it, and for the one in the lab's chroot, which writes it
 * and ends with EXIT_CODE_GUEST.
 */
#define STEP_VARIABLE "SCXBENCH_STEP"

int step_write(const struct bisection *job, const struct step *step, const char *path);
/* The run of the step that an earlier call wrote there; NULL: there is none. The caller's to free. */
char *step_run(const char *path);
/*
 * Takes the run of the file, or goes on with it, and leaves it as files. Returns an exit code: 0 once the run
 * has ended.
 */
int step_measure(const char *path, const char *results, const char *where);
