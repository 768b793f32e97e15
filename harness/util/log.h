/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages to a person, on stderr, one line each. stdout is for the result alone.
 *
 * An error is logged once, where its cause is known, and travels up as a negative number (util/cause.h):
 *	return log_err(-CAUSE_NOT_FOUND, "no policy named '%s': see 'scxbench list'", name);
 */
#pragma once

#define LOG_FMT(n) __attribute__((format(printf, n, n + 1)))

/* Prints "scxbench: ..." and returns err, so that it can be returned in turn. */
int log_err(int err, const char *fmt, ...) LOG_FMT(2);
/* From now on nothing is printed, for a program that asks for the latest message instead. */
void log_silence(void);
/* The latest message of log_err(), without "scxbench: ", for a report of what went wrong; "": none. */
const char *log_last_err(void);
/* Something is wrong, but the work continues. */
void log_warn(const char *fmt, ...) LOG_FMT(1);
/* What is being done now. */
void log_info(const char *fmt, ...) LOG_FMT(1);

/*
 * Progress: one line that the next one overwrites. Prints nothing unless stderr is a terminal.
 * SCXBENCH_PROGRESS decides instead, where it is set: 0 is no progress, "lines" a line each time, for a log,
 * and anything else the line as on a terminal. A guest of the lab needs it, whose stderr is always a
 * terminal, whatever it is on the host.
 */
void log_progress(const char *fmt, ...) LOG_FMT(1);
/* Ends an open progress line. Call it before the result goes to stdout; messages do it by themselves. */
void log_progress_end(void);
