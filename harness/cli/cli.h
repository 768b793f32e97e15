/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sub-commands: options in, module calls, result out. Only here does the program print results to
 * stdout, choose exit codes and call across modules.
 */
#pragma once

enum exit_code {
	EXIT_CODE_OK = 0,
	EXIT_CODE_FAILED = 1,	    /* a sample failed, or a regression was found */
	EXIT_CODE_USAGE = 2,
	EXIT_CODE_CANT = 3,	    /* this machine can't; the message says what to do */
	EXIT_CODE_INCONCLUSIVE = 4,
	EXIT_CODE_INTERRUPTED = 130, /* data so far kept */
};

int cmd_bench(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_ctl(int argc, char **argv);
int cmd_custody(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_dsq(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_fairness(int argc, char **argv);
int cmd_hintd(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_history(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_nightly(int argc, char **argv);
int cmd_regress(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_run(int argc, char **argv);
int cmd_store(int argc, char **argv);
int cmd_top(int argc, char **argv);
int cmd_trace(int argc, char **argv);

/* The directory that holds schedulers/, workloads/ and plots/: SCXBENCH_HOME, else the program's own. */
const char *cli_home(void);

/* Exit code for a module's negative errno: what the machine lacks is 3, what the user gave is 2, else 1. */
int cli_exit_code(int err);

/*
 * Loads a run (NULL: the latest comparison), writes its report below results, and what the store has of custody and
 * of all runs over time;
 * prints the comparison and the page's path.
 */
struct store;
int cli_report(const char *home, const char *results, struct store *store, const char *id);
/* runs.html, the list of all runs. */
int cli_report_runs(const char *home, const char *results, struct store *store);

/* history.html of the primary metrics, once there are several nights of any. */
int cli_history_page(const char *home, const char *results, struct store *store);

/* Prints "scxbench COMMAND: ..." help and returns the exit code that goes with it. */
int cli_usage(const char *text, int code);
