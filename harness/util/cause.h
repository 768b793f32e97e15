/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why something failed, and which exit code the program ends with.
 *
 * A cause travels as an errno does: as a negative int, returned up to cli/. Its number is beyond every errno,
 * so a function can return either:
 *	return log_err(-CAUSE_NOT_FOUND, "no policy named '%s': see 'scxbench list'", name);
 * An errno says only that something failed. A system call's EINVAL, for example, is not the user's mistake.
 * The code that made the call knows better, and turns the errno into a cause there.
 */
#pragma once

enum exit_code {
	EXIT_CODE_OK = 0,
	EXIT_CODE_FAILED = 1, /* a sample failed, or a regression was found */
	EXIT_CODE_USAGE = 2,
	EXIT_CODE_CANT = 3, /* this machine can't; the message says what to do */
	EXIT_CODE_INCONCLUSIVE = 4,
	EXIT_CODE_GUEST = 71,	     /* from the lab's chroot to its scripts: a guest is needed (guest.h) */
	EXIT_CODE_INTERRUPTED = 130, /* data so far kept */
};

enum cause {
	CAUSE_FAILED = 4096, /* what no errno names */
	CAUSE_REFUSED,	     /* the policy: by the kernel, or by us for what it needs */
	CAUSE_USAGE,	     /* what was asked for is not possible */
	CAUSE_NOT_FOUND,     /* what was named does not exist */
	CAUSE_EXISTS,	     /* what was to be made exists already */
	CAUSE_CANT,	     /* this machine lacks something: the kernel, a right, a program */
	CAUSE_DISK,	     /* a disk is full, or fails */
	CAUSE_BUSY,	     /* another process has it */
	CAUSE_LEFT_IN,	     /* a command ended, and its policy stayed attached */
	CAUSE_NO_POLICY,     /* no policy is attached */
	CAUSE_DAMAGED,	     /* a file does not have the form that it must have */
	CAUSE_VERSION,	     /* a file is of another version of scxbench */
	CAUSE_INCONCLUSIVE,  /* not enough data to judge */
	CAUSE_INTERRUPTED,   /* by a signal */
};

/* Exit code for what a function returned: 0, a negative errno, or a negative cause. */
int exit_code_of(int err);

/* -CAUSE_CANT for what was not permitted (-EPERM, -EACCES, -EROFS); any other error unchanged. */
int cause_if_denied(int err);
/* The same for a file that we write: also -CAUSE_DISK for a disk that is full or fails. */
int cause_of_file(int err);
/* The same for a file that the user named: also -CAUSE_NOT_FOUND where the name leads to no
 * file. */
int cause_if_named(int err);
