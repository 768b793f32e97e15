/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command, whole: what it does, its options, how it ends. The reader of its command line, its help, its
 * man page and its completion are all made from this, so nothing is kept by hand beside it. To add a command,
 * write a file with its struct command, and its line in commands.def.
 *
 *	static error_t take(int key, char *arg, struct argp_state *state)
 *	{
 *		struct options *o = state->input;
 *
 *		switch (key) {
 *		case 'j':
 *			return o->json = true, 0;
 *		default:
 *			return ARGP_ERR_UNKNOWN;
 *		}
 *	}
 *
 *	static int dsq(struct call *call)
 *	{
 *		struct options o = { 0 };
 *
 *		if (!options_parse(call, &o))
 *			return call->code;
 *		...
 *	}
 */
#pragma once
#include <argp.h>
#include <stdbool.h>
#include "util/cause.h"

struct call;

/* What a call needs beside files, once its words are read. */
enum kernel_need {
	KERNEL_UNUSED,
	KERNEL_USED,	/* a kernel with sched_ext */
	KERNEL_CHECKED, /* or not, by its options: the command looks at guest_ahead() when it has checked all
			   words */
};

struct command {
	const char *name;
	const char *summary; /* one line of the list of commands, without a full stop */
	/*
	 * Rows of options, which say by the name of their argument what completes it (complete.h). The parser
	 * gets its options from state->input, returns ARGP_ERR_UNKNOWN for a key that is not its own, and
	 * what is wrong with a value as a negative cause, logged. args_doc: the forms of what follows the
	 * options, a line each. doc: paragraphs, each one line. Children are below.
	 */
	struct argp argp;
	enum kernel_need kernel;
	bool takes_nights;    /* it needs the rights of what uses a kernel, and never the lab */
	int least, most;      /* words beside the options; most -1: any number */
	bool passes_on;	      /* the words are another program's from the first one on, its options too */
	char *(*more)(void);  /* lines for the help after the options, the caller's to free; NULL: none */
	const char *exits;    /* lines "CODE what it means" */
	const char *examples; /* lines "COMMAND" or "COMMAND\twhat it does" */
	int (*run)(struct call *call); /* an exit code */
};

/* One call of a command. */
struct call {
	const struct command *command;
	int argc;
	char **argv; /* [0] is the command's name */
	/* From options_parse(). */
	char **word; /* what is not an option, NULL-terminated */
	int nr_words;
	int code; /* how to end when there is nothing to do */
};

/*
 * Reads the command line into what the command's parser fills. False: the call ends with call->code. Either
 * help was asked for and printed, or something is wrong and one line on stderr says so.
 */
bool options_parse(struct call *call, void *into);

/* A mistake in the command line that the table does not show: one line on stderr, returns -CAUSE_USAGE. */
int options_wrong(const struct command *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * Every row of a command: its own, its children's, --help; by group, and in a group as the tables have them.
 * NULL-terminated, the caller's to free. A row without name is the head of its group.
 */
const struct argp_option **options_of(const struct command *c);

/*
 * Children. A command gives each of them the input of its parser at ARGP_KEY_INIT:
 * state->child_inputs[i] = &o->results.
 */
extern const struct argp options_results; /* --results: a const char *, at first results_default() */
extern const struct argp options_json;	  /* --json: a bool */
#define RESULTS_DEFAULT "results"
const char *results_default(void); /* $SCXBENCH_RESULTS, or RESULTS_DEFAULT */
/* The parser of a command that has one child and no option of its own: both have the same input. */
error_t options_pass_on(int key, char *arg, struct argp_state *state);

/* The commands, in groups, in order of use. A group has a title and no command, the last entry neither. */
struct command_entry {
	const char *title;
	const struct command *command;
};
extern const struct command_entry command_entries[];
/* What the program is for, one line; how it ends, as a command's exits. */
extern const char command_about[], command_exits[];
/* NULL: unknown name. */
const struct command *command_find(const char *name);
/* Says so in one line: -CAUSE_USAGE. */
int command_unknown(const char *name);

#define GROUP(title)
#define COMMAND(name) extern const struct command cmd_##name;
#include "cli/commands.def"
#undef GROUP
#undef COMMAND
