/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the program ends. */
#pragma once

enum exit_code {
	EXIT_CODE_OK = 0,
	EXIT_CODE_FAILED = 1, /* a sample failed, or a regression was found */
	EXIT_CODE_USAGE = 2,
	EXIT_CODE_CANT = 3, /* this machine can't; the message says what to do */
	EXIT_CODE_INCONCLUSIVE = 4,
	EXIT_CODE_INTERRUPTED = 130, /* data so far kept */
};

/* Exit code for a module's negative errno: what the machine lacks is 3, what the user gave is 2, else 1. */
int exit_code_of(int err);
